import { setTimeout as sleep } from 'node:timers/promises';
import { shutDownPeers, SyntheticPeer, type SyntheticPeerOptions } from '@minimeet/loadtest';
import { Person } from '../support/person.js';
import { startServer } from '../support/server.js';

it('x', async () => {
  const server = await startServer();
  const peers: SyntheticPeer[] = [];
  const { slug } = await (await Person.register(server.origin, 'Host')).createRoom();
  const enters = async (name: string, options: Partial<SyntheticPeerOptions> = {}): Promise<SyntheticPeer> => {
    const { session } = await Person.register(server.origin, name);
    const { accessToken } = session;
    const peer = await SyntheticPeer.join({ url: server.origin, accessToken, room: slug, ...options });
    peers.push(peer);
    await peer.connected();
    return peer;
  };
  const pubs: SyntheticPeer[] = [];
  for (let i = 0; i < 9; i++) pubs.push(await enters('P' + i, { publish: ['camera', 'microphone'], resolution: '720p', view: { maxTiles: 0, width: 320, height: 180 } }));
  const v = await enters('V', { view: { maxTiles: 9, width: 320, height: 180 } });
  await sleep(3000);
  await v.setView(pubs.map((p, i) => ({ participantId: p.joined.self.id, source: 'camera', width: i === 0 ? 1280 : 320, height: i === 0 ? 720 : 180 })));
  const lines: unknown[] = [];
  const t0 = performance.now();
  for (let i = 0; i < 30; i++) {
    await sleep(500);
    const s = pubs.map((p) => [...v.consumers.values()].find(({ options }) => options.participantId === p.joined.self.id && options.source === 'camera')?.size?.height);
    const st = v.takeStats().streams;
    lines.push([Math.round(performance.now() - t0), s, st.reduce((x, y) => x + y.bytes, 0), st.reduce((x, y) => x + y.lost, 0), st.reduce((x, y) => x + y.freezes.count, 0)]);
    if (i === 14) await v.setView(pubs.map((p) => ({ participantId: p.joined.self.id, source: 'camera', width: 640, height: 360 })));
  }
  console.log(lines.map((l) => JSON.stringify(l)).join('\n'));
  peers.forEach((p) => p.close());
  shutDownPeers();
  await server.close();
}, 60000);
