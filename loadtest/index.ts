import { cleanup } from 'node-datachannel';

/** Participants without a browser, for load tests and for tests of the server. */
export { writeIvf } from './ivf.js';
export { SyntheticPeer } from './synthetic-peer.js';
export type { SyntheticPeerOptions } from './synthetic-peer-options.js';
export type { PeerStats, PeerTimings, StreamStats } from './peer-stats.js';
export type { ReceivedFrame } from './frame-tracker.js';
export type { ReceivedStream } from './received-stream.js';
export { sizeOfKeyFrame } from './vp8.js';

/** Ends the native threads of all peers. A process with peers calls it after the last `close()`, or it does not end. */
export function shutDownPeers(): void {
  cleanup();
}
