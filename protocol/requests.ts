import type {
  ChatMessage,
  ChatMessageReply,
  ChatMessageRequest,
  CloseChatRequest,
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

interface Exchange<Request = Done, Reply = Done> {
  request: Request;
  reply: Reply;
}

/**
 * Every request of the Socket.IO API: what it carries, and what its ack's `data` holds. The values say types to the
 * compiler; at run time only the names are there, so nothing reads the values.
 */
const TABLE = {
  prepare_media: {} as Exchange<PrepareMediaRequest, PrepareMediaReply>,
  join_room: {} as Exchange<JoinRoomRequest, JoinRoomReply>,
  leave_room: {} as Exchange,
  connect_transport: {} as Exchange<ConnectTransportRequest>,
  restart_ice: {} as Exchange<RestartIceRequest, RestartIceReply>,
  produce: {} as Exchange<ProduceRequest, ProduceReply>,
  pause_producer: {} as Exchange<ProducerRequest>,
  resume_producer: {} as Exchange<ProducerRequest>,
  close_producer: {} as Exchange<ProducerRequest>,
  set_view: {} as Exchange<SetViewRequest>,
  set_speaking: {} as Exchange<SetSpeakingRequest>,
  report_quality: {} as Exchange<ReportQualityRequest>,
  chat_message: {} as Exchange<ChatMessageRequest, ChatMessageReply>,
  edit_message: {} as Exchange<EditMessageRequest, ChatMessageReply>,
  delete_message: {} as Exchange<DeleteMessageRequest, ChatMessageReply>,
  react: {} as Exchange<ReactRequest, ChatMessageReply>,
  typing: {} as Exchange<TypingRequest>,
  mark_read: {} as Exchange<MarkReadRequest, MarkReadReply>,
  open_chat: {} as Exchange<OpenChatRequest, OpenChatReply>,
  close_chat: {} as Exchange<CloseChatRequest>,
  raise_hand: {} as Exchange<RaiseHandRequest>,
  send_reaction: {} as Exchange<SendReactionRequest>,
  set_display_state: {} as Exchange<SetDisplayStateRequest>,
  mute_participant: {} as Exchange<MuteParticipantRequest>,
  remove_participant: {} as Exchange<RemoveParticipantRequest>,
  request_admission: {} as Exchange<RequestAdmissionRequest>,
  admit_participant: {} as Exchange<AdmitParticipantRequest>,
  set_room_lock: {} as Exchange<SetRoomLockRequest>,
  set_role: {} as Exchange<SetRoleRequest>,
  end_room: {} as Exchange,
  watch_presence: {} as Exchange<WatchPresenceRequest, WatchPresenceReply>,
};

export type Requests = typeof TABLE;
export type RequestName = keyof Requests;
export type RequestOf<Name extends RequestName> = Requests[Name]['request'];
export type ReplyOf<Name extends RequestName> = Requests[Name]['reply'];

export const REQUEST_NAMES = Object.keys(TABLE) as RequestName[];

/** For the pre-join screen: get transports that can be connected before the click on “join”. Nobody sees it. */
export interface PrepareMediaRequest {
  /** Without one it is only to try the network: `join_room` does not take it. */
  room?: RoomSlug;
  /** What the device can receive (`device.recvRtpCapabilities`). */
  rtpCapabilities: RtpCapabilities;
}

/** All that media needs; part of the reply to `join_room` too. */
export interface PrepareMediaReply {
  routerRtpCapabilities: RtpCapabilities;
  /** To publish through. */
  sendTransport: TransportOptions;
  /** To receive through. */
  recvTransport: TransportOptions;
  iceServers: IceServer[];
}

/**
 * Joins the call of a room, with or without media. Also resumes a stay (with its `resumeToken`) and, in a room that
 * this connection is in already, builds its media anew after `media_reset`.
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
  /** The token of an invite: makes a member of somebody who is none yet. */
  invite?: string;
  /** Opens a room with `access: 'password'` to somebody who is no member yet. */
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
  /**
   * The database did not tell `messages` and `lastReadSequence` in time, so they are empty: `open_chat` without a room
   * does when it can.
   */
  chatPending?: true;
  /** Everybody who waits to be let in; empty for all but hosts and moderators. */
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

/** The tiles that the page shows now replace those before. Tiles of people who are not there (any more) are ignored. */
export interface SetViewRequest {
  tiles: Tile[];
}

/**
 * A hint from one's own voice detection, so that others hear the first syllable; the server measures for itself too.
 */
export interface SetSpeakingRequest {
  speaking: boolean;
}
