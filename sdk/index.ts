/** The client library of MiniMeet: rooms with media and chat over Socket.IO and WebRTC, and the REST API. */
export type { Admission } from './admission.js';
export { MiniMeetApi, type ApiOptions, type PageQuery, type SearchQuery } from './api.js';
export type { Chat, ConnectionState, SendOptions } from './chat.js';
export { MiniMeetClient, type ClientOptions } from './client.js';
export { MiniMeetError } from './errors.js';
export { checkNetwork, type NetworkCheck, type NetworkCheckOptions, type PathCheck } from './network-check.js';
export type { HistoryQuery } from './history.js';
export type { LocalPublication } from './local-publication.js';
export type { MediaState } from './media-session.js';
export type { PresenceWatch } from './presence-watch.js';
export type { RemoteTrack } from './remote-tracks.js';
export type { DownloadOptions, UploadOptions } from './rest.js';
export type { JoinOptions, Room } from './room.js';
export type { EndReason } from './room-events.js';
export { Signalling, type SignallingOptions } from './signalling.js';
export { Stay } from './stay.js';
export type { TypingPerson } from './typing.js';
export { randomUuid } from './uuid.js';
