import type {
  ChatMessage,
  ChatMessageReply,
  ChatMessageRequest,
  DeleteMessageRequest,
  EditMessageRequest,
  MarkReadReply,
  MarkReadRequest,
  OpenChatReply,
  OpenChatRequest,
  ReactRequest,
  TypingRequest,
} from './chat.js';
import type { ParticipantId, ProducerId, RoomSlug, TransportId } from './ids.js';
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
import type {
  AdmitParticipantRequest,
  LobbyEntry,
  MuteParticipantRequest,
  RaiseHandRequest,
  RemoveParticipantRequest,
  RequestAdmissionRequest,
  SendReactionRequest,
  SetDisplayStateRequest,
  SetRoleRequest,
  SetRoomLockRequest,
} from './moderation.js';
import type { Participant, RoomSummary } from './participants.js';
import type { WatchPresenceReply, WatchPresenceRequest } from './presence.js';
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
  open_chat: { request: OpenChatRequest; reply: OpenChatReply };
  close_chat: { request: OpenChatRequest; reply: Done };
  edit_message: { request: EditMessageRequest; reply: ChatMessageReply };
  delete_message: { request: DeleteMessageRequest; reply: ChatMessageReply };
  react: { request: ReactRequest; reply: ChatMessageReply };
  typing: { request: TypingRequest; reply: Done };
  mark_read: { request: MarkReadRequest; reply: MarkReadReply };
  raise_hand: { request: RaiseHandRequest; reply: Done };
  send_reaction: { request: SendReactionRequest; reply: Done };
  set_display_state: { request: SetDisplayStateRequest; reply: Done };
  mute_participant: { request: MuteParticipantRequest; reply: Done };
  remove_participant: { request: RemoveParticipantRequest; reply: Done };
  request_admission: { request: RequestAdmissionRequest; reply: Done };
  admit_participant: { request: AdmitParticipantRequest; reply: Done };
  set_room_lock: { request: SetRoomLockRequest; reply: Done };
  set_role: { request: SetRoleRequest; reply: Done };
  end_room: { request: Done; reply: Done };
  watch_presence: { request: WatchPresenceRequest; reply: WatchPresenceReply };
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
  open_chat: 0,
  close_chat: 0,
  edit_message: 0,
  delete_message: 0,
  react: 0,
  typing: 0,
  mark_read: 0,
  raise_hand: 0,
  send_reaction: 0,
  set_display_state: 0,
  mute_participant: 0,
  remove_participant: 0,
  request_admission: 0,
  admit_participant: 0,
  set_room_lock: 0,
  set_role: 0,
  end_room: 0,
  watch_presence: 0,
} satisfies Record<RequestName, 0>) as RequestName[];

/** For the pre-join screen: get transports that can be connected before the click on “join”. Nobody sees it. */
export interface PrepareMediaRequest {
  /** Without one it is only to try the network: `join_room` does not take it. */
  room?: RoomSlug;
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
  /** The token of an invite: makes a member of who is none yet. */
  invite?: string;
  /** Of a room with `access: 'password'`, for who is no member yet. */
  password?: string;
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
  /** One's own read mark in the chat. */
  lastReadSequence: number;
  /** For hosts and moderators: who waits to be let in; empty for everybody else. */
  lobby: LobbyEntry[];
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
