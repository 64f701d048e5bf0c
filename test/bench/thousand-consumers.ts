import { compareForwarding } from './forwarding-sides.js';
import type { Benchmark } from './result.js';

const PUBLISHERS = 25;
const SUBSCRIBERS = 40;
/** Enough of the opened consumers; some may not have begun to flow when a round is over. */
const ENOUGH = 0.99 * PUBLISHERS * SUBSCRIBERS;

/** Cameras of 320×180 only, some 15 packets a second: the tester has to receive them all on the same cores. */
export const thousandConsumers: Benchmark = {
  name: 'thousand-consumers',
  what: `server CPU per forwarded packet, ${PUBLISHERS} cameras of 320×180 to ${SUBSCRIBERS} people: ${PUBLISHERS * SUBSCRIBERS} consumers`,
  async run(log) {
    const { ratio, oursMicroseconds, theirsMicroseconds, consumers } = await compareForwarding(
      {
        publishers: PUBLISHERS,
        publish: ['camera'],
        subscribers: SUBSCRIBERS,
        rounds: 4,
        windowMs: 4_000,
        // All on the one worker, as on the other side.
        env: { CONSUMERS_PER_SLOT: '2000' },
      },
      log,
    );
    if (consumers < ENOUGH) throw new Error(`Only ${consumers} consumers had packets.`);
    return [
      {
        name: `server CPU per forwarded packet, ${consumers} consumers`,
        value: ratio,
        unit: '×',
        aim: 1.05,
        baseline: `a bare mediasoup worker (${theirsMicroseconds.toFixed(1)} µs) fed the same cameras; the server's own process is counted in (${oursMicroseconds.toFixed(1)} µs)`,
      },
    ];
  },
};
