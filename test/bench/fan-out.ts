import { setTimeout as sleep } from 'node:timers/promises';
import { SyntheticPeer } from '@minimeet/loadtest';
import type { Benchmark } from './result.js';
import { account, accounts, ServerProcess } from './server-process.js';

const PEOPLE = 50;
const ON_SCREEN = 9;
const JOINS = 5;
const SETTLE_MS = 1_500;
/** Cameras that nobody shows are told to stop after ten seconds: that must be over, since it is no part of a join. */
const QUIET_MS = 13_000;

export const fanOut: Benchmark = {
  name: 'fan-out',
  what: `what one more join costs the ${PEOPLE} people who are in the room, with ${ON_SCREEN} on screen`,
  async run(log) {
    const server = await ServerProcess.start();
    const peers: SyntheticPeer[] = [];
    const join = async (accessToken: () => Promise<string>, room: string): Promise<SyntheticPeer> => {
      const view = { maxTiles: ON_SCREEN, width: 320, height: 180 };
      const peer = await SyntheticPeer.join({
        url: server.origin,
        accessToken,
        room,
        publish: ['camera', 'microphone'],
        view,
      });
      // As the page does: from now on it shows these, whoever comes.
      const tiles = peer.joined.participants.slice(0, ON_SCREEN);
      await peer.setView(tiles.map(({ id }) => ({ participantId: id, source: 'camera', width: 320, height: 180 })));
      return peer;
    };
    try {
      const host = await account(server.origin, 'Host');
      const { slug: room } = await host.createRoom({ name: 'All hands' });
      for (const api of await accounts(server.origin, PEOPLE)) peers.push(await join(() => api.accessToken(), room));
      await Promise.all(peers.map((peer) => peer.connected()));
      await sleep(QUIET_MS);

      const messages: number[] = [];
      let opened = 0;
      for (const api of await accounts(server.origin, JOINS)) {
        const before = peers.map(messagesOf);
        const newcomer = await join(() => api.accessToken(), room);
        await sleep(SETTLE_MS);
        messages.push(...peers.map((peer, i) => messagesOf(peer) - (before[i] ?? 0)));
        opened = Math.max(opened, [...newcomer.consumers.values()].filter(({ state }) => !state?.paused).length);
        await newcomer.leave();
        await sleep(SETTLE_MS);
      }
      const mean = messages.reduce((sum, count) => sum + count, 0) / messages.length;
      log(`messages a person: mean ${mean.toFixed(2)}, most ${Math.max(...messages)}; consumers opened: ${opened}`);
      return [
        {
          name: `messages to each of ${PEOPLE} people when one more joins`,
          value: mean,
          unit: 'messages',
          aim: 1,
          baseline: `mean over ${JOINS} joins, all notifications counted but who speaks`,
        },
        {
          name: `active consumers opened by a join into ${PEOPLE} people, ${ON_SCREEN} on screen`,
          value: opened,
          unit: 'consumers',
          aim: 13,
          baseline: `${2 * PEOPLE} producers in the room`,
        },
      ];
    } finally {
      peers.forEach((peer) => peer.close());
      await server.stop();
    }
  },
};

/** All that it was told except the speakers, who have nothing to do with a join. */
function messagesOf(peer: SyntheticPeer): number {
  let count = 0;
  for (const [name, times] of peer.notifications) if (name !== 'active_speakers') count += times;
  return count;
}
