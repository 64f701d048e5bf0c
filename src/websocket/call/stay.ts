import { randomBytes } from 'node:crypto';
import {
  type LeaveReason,
  type Participant,
  type ParticipantId,
  type ReportQualityRequest,
  type Role,
  type RoomId,
  type RoomSlug,
  type RoomSummary,
  TIMES,
} from '@minimeet/protocol';
import type { Identity } from '../../auth/identity.js';
import type { EventBus, Events, StayFacts } from '../../common/events/index.js';
import type { Profile } from '../../users/users.service.js';
import type { MeetingSocket, PayloadOf, PlainNotification } from '../connection/meeting-socket.js';
import type { Standing } from './standing.js';
import { StayConnection } from './stay-connection.js';
import { StayMedia } from './stay-media.js';

export interface StayOptions {
  id: ParticipantId;
  identity: Identity;
  /** By the room's record. */
  role: Role;
  socket: MeetingSocket;
  /** Others hear of the person with their first publication, or after `announceWaitMs`. */
  willPublish: boolean;
}

/** The parts of its call that a stay needs. */
export interface StayHome {
  readonly room: RoomSummary;
  readonly channel: string;
  readonly events: EventBus;
  /** Tells everybody in the call, but not `except`. */
  tell<Name extends PlainNotification>(name: Name, payload: PayloadOf<Name>, except?: Stay): void;
  /** The stay has ended. */
  remove(stay: Stay, reason: LeaveReason): void;
}

/** An act on a stay, for the call's history. */
type Recorded = Pick<Events['moderated'], 'action'> &
  Partial<Pick<Events['moderated'], 'source' | 'actor' | 'detail' | 'at'>>;

/**
 * One person's stay in one call, as the others see it. It outlives a lost socket for the grace time and a dead media
 * worker for ever: `connection` and `media` come and go, the stay ends once, with a reason.
 */
export class Stay {
  readonly id: ParticipantId;
  identity: Identity;
  readonly resumeToken = randomBytes(32).toString('base64url');
  readonly connection: StayConnection;
  readonly media: StayMedia;
  private readonly joinedAt = new Date();
  private readonly announcement: NodeJS.Timeout | undefined;
  private isAnnounced = false;
  private hasEnded = false;

  constructor(
    private readonly home: StayHome,
    readonly standing: Standing,
    { id, identity, socket, willPublish }: Omit<StayOptions, 'role'>,
  ) {
    this.id = id;
    this.identity = identity;
    this.connection = new StayConnection(socket, home.channel, {
      lost: () => {
        this.announce();
        home.events.publish('connection-lost', this.facts);
      },
      resumed: (lostMs) => home.events.publish('connection-resumed', { ...this.facts, lostMs }),
      expired: () => this.end('timed-out'),
    });
    this.media = new StayMedia({
      facts: () => this.facts,
      tellPublications: () => this.tellChanged(this),
      events: home.events,
      standing,
      connection: this.connection,
    });
    if (willPublish) this.announcement = setTimeout(() => this.announce(), TIMES.announceWaitMs);
  }

  get room(): RoomSummary {
    return this.home.room;
  }

  get slug(): RoomSlug {
    return this.home.room.slug;
  }

  get roomId(): RoomId {
    return this.home.room.id;
  }

  /** The role of the person in this call, also as its acting host. */
  get role(): Role {
    return this.standing.roleInCall;
  }

  get ended(): boolean {
    return this.hasEnded;
  }

  get announced(): boolean {
    return this.isAnnounced;
  }

  /** As the events have it, now. */
  get facts(): StayFacts {
    const { userId, displayName } = this.identity;
    return { roomId: this.roomId, slug: this.slug, participantId: this.id, userId, displayName, at: new Date() };
  }

  describe(): Participant {
    return {
      id: this.id,
      userId: this.identity.userId,
      displayName: this.identity.displayName,
      role: this.role,
      joinedAt: this.joinedAt.toISOString(),
      publications: this.media.published.now,
      pictureUrl: this.identity.pictureUrl,
      handRaisedAt: this.standing.handRaisedAt?.toISOString() ?? null,
      away: this.standing.away,
    };
  }

  /** Tells the others, once. */
  announce(): void {
    clearTimeout(this.announcement);
    if (this.isAnnounced || this.hasEnded) return;
    this.isAnnounced = true;
    this.home.tell('participant_joined', { participant: this.describe() }, this);
  }

  /** Tells everybody how this person is now, themselves too; all but `except`. */
  tellChanged(except?: Stay): void {
    const participant = this.describe();
    if (this.isAnnounced) {
      this.home.tell('participant_updated', { participant }, except);
    } else {
      this.announce();
      if (except !== this) this.notify('participant_updated', { participant });
    }
  }

  notify<Name extends PlainNotification>(name: Name, payload: PayloadOf<Name>): void {
    this.connection.notify(name, payload);
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
    this.home.events.publish('moderated', { ...this.facts, action, source, actor, detail, at });
  }

  reportQuality(report: ReportQualityRequest): void {
    this.home.events.publish('quality-reported', { ...this.facts, report });
  }

  end(reason: LeaveReason): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    clearTimeout(this.announcement);
    this.media.end(reason);
    this.connection.leaveChannel();
    this.home.remove(this, reason);
    if (reason !== 'left' && reason !== 'timed-out' && reason !== 'room-ended') this.notify('removed', { reason });
    this.connection.close();
  }
}
