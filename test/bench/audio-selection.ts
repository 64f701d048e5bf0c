import { setTimeout as sleep } from 'node:timers/promises';
import { SyntheticPeer } from '@minimeet/loadtest';
import type { Benchmark } from './result.js';
import { account, accounts, ServerProcess } from './server-process.js';

const MICROPHONES = 30;
const WINDOW_MS = 8_000;

export const audioSelection: Benchmark = {
  name: 'audio-selection',
  what: `the audio packets that a listener gets in a room of ${MICROPHONES} open microphones`,
  async run(log) {
    const server = await ServerProcess.start();
    const peers: SyntheticPeer[] = [];
    try {
      const apis = await accounts(server.origin, MICROPHONES);
      const { slug: room } = await (apis[0] ?? (await account(server.origin, 'Host'))).createRoom({
        name: 'Open microphones',
      });
      for (const api of apis) {
        const peer = await SyntheticPeer.join({
          url: server.origin,
          accessToken: () => api.accessToken(),
          room,
          publish: ['microphone'],
        });
        peer.setSpeaking(true);
        peers.push(peer);
      }
      const listenerApi = await account(server.origin, 'Listener');
      const listener = await SyntheticPeer.join({
        url: server.origin,
        accessToken: () => listenerApi.accessToken(),
        room,
      });
      peers.push(listener);
      await Promise.all(peers.map((peer) => peer.connected()));
      await sleep(3_000);

      const sent = (): number => peers.reduce((sum, peer) => sum + peer.packetsSent('microphone'), 0);
      const got = (): number => [...listener.consumers.values()].reduce((sum, { packets }) => sum + packets, 0);
      const [sentBefore, gotBefore] = [sent(), got()];
      await sleep(WINDOW_MS);
      const [sentPackets, gotPackets] = [sent() - sentBefore, got() - gotBefore];
      log(`${gotPackets} of ${sentPackets} packets in ${WINDOW_MS / 1000} s`);
      return [
        {
          name: `audio packets at a listener, ${MICROPHONES} open microphones`,
          value: gotPackets / sentPackets,
          unit: '×',
          aim: 0.15,
          baseline: 'the packets of all microphones',
        },
      ];
    } finally {
      peers.forEach((peer) => peer.close());
      await server.stop();
    }
  },
};
