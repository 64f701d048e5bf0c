import { SyntheticPeer, type SyntheticPeerOptions } from '@minimeet/loadtest';
import { Person } from './person.js';

/** A synthetic person with an account of its own, in the call. */
export async function peerIn(
  origin: string,
  room: string,
  displayName: string,
  options: Partial<SyntheticPeerOptions>,
): Promise<SyntheticPeer> {
  const { accessToken } = (await Person.register(origin, displayName)).session;
  return SyntheticPeer.join({ url: origin, accessToken, room, ...options });
}

/** Synthetic people in one call, who cost next to nothing: `Peer 1`, `Peer 2` … */
export async function crowd(
  origin: string,
  room: string,
  count: number,
  options: Partial<SyntheticPeerOptions> = {},
): Promise<SyntheticPeer[]> {
  const peers: SyntheticPeer[] = [];
  for (let i = 1; i <= count; i++) {
    const peer = await peerIn(origin, room, `Peer ${i}`, { publish: ['camera'], ...options });
    await peer.connected();
    peers.push(peer);
  }
  return peers;
}
