/** The SFU core of MiniMeet. Its only door: nothing else in this folder is imported from outside. */
export { MediaError } from './errors.js';
export { MediaPeer } from './peer/media-peer.js';
export { MediaRoom } from './media-room.js';
export { MediaServer, type MediaServerStatus, type SlotStatus } from './media-server.js';
export type { MediaServerOptions } from './options.js';
