/** The client library of MiniMeet: rooms with media and chat over Socket.IO and WebRTC, and the REST API. */
export { MiniMeetApi, type ApiOptions, type PageQuery } from './api.js';
export { MiniMeetClient, type ClientOptions } from './client.js';
export { MiniMeetError } from './errors.js';
export { checkNetwork, type NetworkCheck, type NetworkCheckOptions, type PathCheck } from './network-check.js';
export type { LocalPublication } from './local-publication.js';
export type { MediaState } from './media-session.js';
export type { RemoteTrack } from './remote-tracks.js';
export type { ConnectionState, EndReason, JoinOptions, Room } from './room.js';
export { Signalling, type SignallingOptions } from './signalling.js';
export { Stay } from './stay.js';
export { randomUuid } from './uuid.js';
