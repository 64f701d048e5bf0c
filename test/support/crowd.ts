import { SyntheticPeer, type SyntheticPeerOptions } from '@minimeet/loadtest';
import { Person } from './person.js';

/** Synthetic people in one call, who cost next to nothing: `Peer 1`, `Peer 2` … */
export async function crowd(
  origin: string,
  room: string,
  count: number,
  options: Partial<SyntheticPeerOptions> = {},
): Promise<SyntheticPeer[]> {
  const peers: SyntheticPeer[] = [];
  for (let i = 1; i <= count; i++) {
    const { session } = await Person.register(origin, `Peer ${i}`);
    const peer = await SyntheticPeer.join({
      url: origin,
      accessToken: session.accessToken,
      room,
      publish: ['camera'],
      ...options,
    });
    await peer.connected();
    peers.push(peer);
  }
  return peers;
}
