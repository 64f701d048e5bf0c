import type { ChatMessage, MessageContent } from './chat.js';
import type { MessageId, ParticipantId, ProducerId, RoomSlug, TransportId } from './ids.js';
import type {
  DtlsParameters,
  IceParameters,
  IceServer,
  InitialView,
  MediaSource,
  RtpCapabilities,
  RtpParameters,
  Tile,
  TransportOptions,
} from './media.js';
import type { Participant, RoomSummary } from './participants.js';
import type { ReportQualityRequest } from './quality.js';

/** A reply that says only that it was done. */
export type Done = Record<string, never>;

/** Every request of the Socket.IO API: what the client sends and what the ack's `data` holds. */
export interface Requests {
  prepare_media: { request: PrepareMediaRequest; reply: PrepareMediaReply };
  join_room: { request: JoinRoomRequest; reply: JoinRoomReply };
  leave_room: { request: Done; reply: Done };
  connect_transport: { request: ConnectTransportRequest; reply: Done };
  restart_ice: { request: RestartIceRequest; reply: RestartIceReply };
  produce: { request: ProduceRequest; reply: ProduceReply };
  pause_producer: { request: ProducerRequest; reply: Done };
  resume_producer: { request: ProducerRequest; reply: Done };
  close_producer: { request: ProducerRequest; reply: Done };
  set_view: { request: SetViewRequest; reply: Done };
  set_speaking: { request: SetSpeakingRequest; reply: Done };
  chat_message: { request: ChatMessageRequest; reply: ChatMessageReply };
  report_quality: { request: ReportQualityRequest; reply: Done };
}

export type RequestName = keyof Requests;
export type RequestOf<Name extends RequestName> = Requests[Name]['request'];
export type ReplyOf<Name extends RequestName> = Requests[Name]['reply'];

/** The names at run time; a type error here means that the table above has grown. */
export const REQUEST_NAMES = Object.keys({
  prepare_media: 0,
  join_room: 0,
  leave_room: 0,
  connect_transport: 0,
  restart_ice: 0,
  produce: 0,
  pause_producer: 0,
  resume_producer: 0,
  close_producer: 0,
  set_view: 0,
  set_speaking: 0,
  chat_message: 0,
  report_quality: 0,
} satisfies Record<RequestName, 0>) as RequestName[];

/** For the pre-join screen: get transports that can be connected before the click on “join”. Nobody sees it. */
export interface PrepareMediaRequest {
  room: RoomSlug;
  /** What the device can receive (`device.recvRtpCapabilities`). */
  rtpCapabilities: RtpCapabilities;
}

/** What media needs; part of the reply to `join_room` too. */
export interface PrepareMediaReply {
  routerRtpCapabilities: RtpCapabilities;
  /** To publish through. */
  sendTransport: TransportOptions;
  /** To receive through. */
  recvTransport: TransportOptions;
  iceServers: IceServer[];
}

/**
 * Joins the call of a room, with or without media. Also resumes a stay (with its `resumeToken`) and, in a room that this
 * connection is in already, builds its media anew after `media_reset`.
 */
export interface JoinRoomRequest {
  room: RoomSlug;
  /** What the device can receive (`device.recvRtpCapabilities`). Without it the person takes part in chat only. */
  rtpCapabilities?: RtpCapabilities;
  /** What to open at once; nothing when absent. */
  view?: InitialView;
  /** The sources that `produce` will bring right after: others then hear of the person and the media in one message. */
  willPublish?: MediaSource[];
  /** From an earlier reply: go on with that stay, if its grace time has not passed. */
  resumeToken?: string;
}

export interface JoinRoomReply {
  room: RoomSummary;
  /** Oneself, with one's role and what one publishes (not empty after a resume). */
  self: Participant;
  /** Everybody else. */
  participants: Participant[];
  /** Loudest first. */
  activeSpeakers: ParticipantId[];
  /** The newest messages, oldest first. */
  messages: ChatMessage[];
  /** Give it to `join_room` after a lost connection. */
  resumeToken: string;
  /** The stay and its transports, producers and consumers go on; all consumers come again in `consumers_opened`. */
  resumed: boolean;
  /** Absent when the request had no `rtpCapabilities`. The transports of `prepare_media`, if they were prepared. */
  media?: PrepareMediaReply;
}

export interface ConnectTransportRequest {
  transportId: TransportId;
  dtlsParameters: DtlsParameters;
}

export interface RestartIceRequest {
  transportId: TransportId;
}

export interface RestartIceReply {
  iceParameters: IceParameters;
}

/** Publishes one or several tracks. */
export interface ProduceRequest {
  producers: ProducerOptions[];
}

export interface ProducerOptions {
  /** A UUID that the client chooses: it becomes the producer's id, and asking twice with the same produces once. */
  requestId: ProducerId;
  source: MediaSource;
  rtpParameters: RtpParameters;
  /** Starts paused. */
  paused?: boolean;
}

export interface ProduceReply {
  /** In the order asked for. */
  producerIds: ProducerId[];
}

export interface ProducerRequest {
  producerId: ProducerId;
}

/** What the page shows now: replaces what was said before. Tiles of people who are not there (any more) are ignored. */
export interface SetViewRequest {
  tiles: Tile[];
}

/** A hint from one's own voice detection, so that others hear the first syllable; the server measures for itself too. */
export interface SetSpeakingRequest {
  speaking: boolean;
}

export interface ChatMessageRequest {
  /** The client's own UUID; sending the same twice stores once, the first body wins. */
  id: MessageId;
  content: MessageContent;
}

export interface ChatMessageReply {
  message: ChatMessage;
}
