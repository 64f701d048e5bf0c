import { randomBytes } from 'node:crypto';
import {
  type ConsumerOptions,
  type LeaveReason,
  type MediaResetReason,
  type Participant,
  type ParticipantId,
  type Publication,
  type ReportQualityRequest,
  type Role,
  type RoomSummary,
  TIMES,
} from '@minimeet/protocol';
import type { Identity } from '../../auth/identity.js';
import type { Events, StayFacts } from '../../common/events/index.js';
import type { Profile } from '../../users/users.service.js';
import type { Call } from './call.js';
import type { MediaPeer, MediaRoom } from '../media-host.js';
import type { MeetingSocket, PayloadOf, PlainNotification } from '../connection/meeting-socket.js';
import { Published } from './published.js';
import type { Standing } from './standing.js';

export interface StayOptions {
  id: ParticipantId;
  identity: Identity;
  /** By the room's record. */
  role: Role;
  socket: MeetingSocket;
  /** Others hear of the person with their first publication, or after `announceWaitMs`. */
  willPublish: boolean;
}

/** What is done to a stay, for the call's history. */
type Recorded = Pick<Events['moderated'], 'action'> &
  Partial<Pick<Events['moderated'], 'source' | 'actor' | 'detail' | 'at'>>;

/**
 * One person's stay in one call. It outlives a lost socket for the grace time and a dead media worker for ever: the
 * socket and the media peer come and go, the stay ends once, with a reason.
 */
export class Stay {
  readonly id: ParticipantId;
  identity: Identity;
  readonly resumeToken = randomBytes(32).toString('base64url');
  private readonly joinedAt = new Date();
  private socket: MeetingSocket | null;
  private peer: MediaPeer | null = null;
  readonly published = new Published((change) =>
    this.call.events.publish('publication-changed', { ...this.facts, ...change }),
  );
  private hadMedia = false;
  /** Of `performance.now()`; `null` while the socket is there. */
  private lostAtMs: number | null = null;
  private timer: NodeJS.Timeout | undefined;
  private isAnnounced = false;
  private hasEnded = false;

  constructor(
    readonly call: Call,
    readonly standing: Standing,
    { id, identity, socket, willPublish }: Omit<StayOptions, 'role'>,
  ) {
    this.id = id;
    this.identity = identity;
    this.socket = socket;
    void socket.join(call.channel);
    if (willPublish) this.timer = setTimeout(() => this.announce(), TIMES.announceWaitMs);
  }

  get slug(): string {
    return this.call.room.slug;
  }

  get roomId(): string {
    return this.call.room.id;
  }

  /** What they are and may do in this call. */
  get role(): Role {
    return this.standing.roleInCall;
  }

  get media(): MediaPeer | null {
    return this.peer;
  }

  get ended(): boolean {
    return this.hasEnded;
  }

  get announced(): boolean {
    return this.isAnnounced;
  }

  /** It has a connection, as far as is known. */
  get isConnected(): boolean {
    return this.socket !== null;
  }

  /** The Socket.IO room of one: to leave the person out of what the others are told. */
  get socketId(): string | undefined {
    return this.socket?.id;
  }

  /** As the events have it, now. */
  get facts(): StayFacts {
    const { userId, displayName } = this.identity;
    const { id: roomId, slug } = this.call.room;
    return { roomId, slug, participantId: this.id, userId, displayName, at: new Date() };
  }

  /** What a reply to `join_room` says of the call. */
  describeCall(): { room: RoomSummary; participants: Participant[]; activeSpeakers: ParticipantId[] } {
    return { room: this.call.room, participants: this.call.others(this), activeSpeakers: this.call.activeSpeakers };
  }

  tellOthers<Name extends PlainNotification>(name: Name, payload: PayloadOf<Name>): void {
    this.call.tell(name, payload, this);
  }

  listenTo(mediaRoom: MediaRoom): void {
    this.call.listenTo(mediaRoom);
  }

  describe(): Participant {
    return {
      id: this.id,
      userId: this.identity.userId,
      displayName: this.identity.displayName,
      role: this.role,
      joinedAt: this.joinedAt.toISOString(),
      publications: this.published.now,
      pictureUrl: this.identity.pictureUrl,
      handRaisedAt: this.standing.handRaisedAt?.toISOString() ?? null,
      away: this.standing.away,
    };
  }

  /** Tells everybody how this person is now, themselves too; all but `except`. */
  tellChanged(except?: Stay): void {
    const participant = this.describe();
    if (this.isAnnounced) {
      this.call.tell('participant_updated', { participant }, except);
    } else {
      this.announce();
      if (except !== this) this.notify('participant_updated', { participant });
    }
  }

  /** @param by who lowers it, by name, when it is not themselves. */
  raiseHand(raised: boolean, by: string | null): void {
    const { standing } = this;
    if (raised === (standing.handRaisedAt !== null)) return;
    standing.handRaisedAt = raised ? new Date() : null;
    this.tellChanged();
    this.record({ action: raised ? 'hand-raised' : 'hand-lowered', actor: by });
  }

  /** Their name or picture is another now. */
  showAs(profile: Profile): void {
    this.identity = { ...this.identity, ...profile };
    this.tellChanged();
  }

  setAway(away: boolean): void {
    if (this.standing.away === away) return;
    this.standing.away = away;
    this.tellChanged();
  }

  /** For the call's history. */
  record({ action, source = null, actor = null, detail = null, at = new Date() }: Recorded): void {
    this.call.events.publish('moderated', { ...this.facts, action, source, actor, detail, at });
  }

  /** Tells the others, once. */
  announce(): void {
    if (this.isAnnounced || this.hasEnded) return;
    this.isAnnounced = true;
    this.call.tell('participant_joined', { participant: this.describe() }, this);
  }

  isAttachedTo(socket: MeetingSocket): boolean {
    return this.socket === socket;
  }

  /** From now on the person is reached through `socket`; one that held this place before is closed. */
  attach(socket: MeetingSocket): void {
    if (this.socket === socket) return;
    const previous = this.socket;
    this.socket = socket;
    clearTimeout(this.timer);
    this.announce();
    void socket.join(this.call.channel);
    // Nobody noticed yet that the old connection is lost: then it is lost from now on, for no time.
    if (this.lostAtMs === null) this.markLost();
    this.markResumed();
    // The old connection is half-open at best: its client has a new one.
    previous?.disconnect(true);
  }

  /** The socket was lost: keeps the place for the grace time. */
  detach(): void {
    this.socket = null;
    clearTimeout(this.timer);
    this.announce();
    this.markLost();
    this.timer = setTimeout(() => this.end('timed-out'), TIMES.resumeGraceMs);
  }

  /** Ends the media and not the stay: the person is about to get new media. */
  dropMedia(): void {
    const peer = this.peer;
    this.peer = null;
    peer?.close('left');
    this.forgetPublications();
  }

  /** Gives the stay its media, in place of what it had. */
  setMedia(peer: MediaPeer): void {
    this.dropMedia();
    this.peer = peer;
    if (this.hadMedia) this.call.events.publish('media-rebuilt', this.facts);
    this.hadMedia = true;
    peer.on('consumers-opened', (consumers) => this.openConsumers(peer, consumers));
    peer.on('consumers-changed', (consumers) => this.notify('consumers_changed', { consumers }));
    peer.on('consumers-closed', (consumerIds) => this.notify('consumers_closed', { consumerIds }));
    peer.on('layers-wanted', (producers) => this.notify('layers_wanted', { producers }));
    peer.on('publications-changed', (publications) => this.setPublications(peer, publications));
    peer.on('closed', (reason) => this.mediaClosed(peer, reason));
  }

  /** After a resume the client may have missed some: tells it of all, and closes nothing. */
  reopenConsumers(): void {
    if (!this.peer) return;
    this.openConsumers(this.peer, this.peer.consumers());
    this.peer.announceState();
  }

  notify<Name extends PlainNotification>(name: Name, payload: PayloadOf<Name>): void {
    this.socket?.emit(name, payload);
  }

  reportQuality(report: ReportQualityRequest): void {
    this.call.events.publish('quality-reported', { ...this.facts, report });
  }

  end(reason: LeaveReason): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    clearTimeout(this.timer);
    this.rememberMicrophone();
    const peer = this.peer;
    this.peer = null;
    peer?.close(reason);
    void this.socket?.leave(this.call.channel);
    this.call.remove(this, reason);
    if (reason !== 'left' && reason !== 'timed-out' && reason !== 'room-ended') this.notify('removed', { reason });
    this.socket = null;
  }

  private openConsumers(peer: MediaPeer, consumers: ConsumerOptions[]): void {
    this.socket?.timeout(TIMES.requestTimeoutMs).emit('consumers_opened', { consumers }, (error: Error | null) => {
      if (!error) peer.confirmConsumers(consumers.map(({ id }) => id));
    });
  }

  private setPublications(peer: MediaPeer, publications: Publication[]): void {
    if (peer !== this.peer) return;
    this.published.replace(publications);
    if (publications.some(({ source }) => source === 'microphone')) this.standing.microphoneWasOn = false;
    this.tellChanged(this);
  }

  private forgetPublications(): void {
    if (this.published.now.length === 0) return;
    this.rememberMicrophone();
    this.published.replace([]);
    if (this.isAnnounced) this.tellChanged(this);
  }

  /** Who could be heard may be heard again with new media, or in another tab. */
  private rememberMicrophone(): void {
    if (this.published.microphoneIsOn) this.standing.microphoneWasOn = true;
  }

  private mediaClosed(peer: MediaPeer, reason: LeaveReason | MediaResetReason): void {
    if (peer !== this.peer) return;
    this.peer = null;
    const resetReason = isMediaReset(reason) ? reason : 'transport-failed';
    this.call.events.publish('media-lost', { ...this.facts, reason: resetReason });
    this.forgetPublications();
    this.notify('media_reset', { reason: resetReason });
  }

  private markLost(): void {
    this.lostAtMs = performance.now();
    this.call.events.publish('connection-lost', this.facts);
  }

  private markResumed(): void {
    const lostMs = performance.now() - (this.lostAtMs ?? performance.now());
    this.lostAtMs = null;
    this.call.events.publish('connection-resumed', { ...this.facts, lostMs });
  }
}

function isMediaReset(reason: LeaveReason | MediaResetReason): reason is MediaResetReason {
  return reason === 'worker-died' || reason === 'transport-failed' || reason === 'room-moved';
}
