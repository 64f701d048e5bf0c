import { compareForwarding } from './forwarding-sides.js';
import type { Benchmark } from './result.js';

const PUBLISHERS = 4;
const SUBSCRIBERS = 40;

export const forwardingCost: Benchmark = {
  name: 'forwarding-cost',
  what: `server CPU per forwarded packet, ${PUBLISHERS} cameras and microphones to ${SUBSCRIBERS} people`,
  async run(log) {
    const { ratio, oursMicroseconds, theirsMicroseconds } = await compareForwarding(
      {
        publishers: PUBLISHERS,
        publish: ['camera', 'microphone'],
        subscribers: SUBSCRIBERS,
        rounds: 6,
        windowMs: 5_000,
      },
      log,
    );
    return [
      {
        name: 'server CPU per forwarded packet',
        value: ratio,
        unit: '×',
        aim: 1.05,
        baseline: `a bare mediasoup worker (${theirsMicroseconds.toFixed(1)} µs) fed the same; the server's own process is counted in (${oursMicroseconds.toFixed(1)} µs)`,
      },
    ];
  },
};
