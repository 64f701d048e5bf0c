import type {
  LeaveReason,
  Participant,
  ParticipantId,
  Role,
  RoomEndReason,
  RoomSummary,
  UserId,
} from '@minimeet/protocol';
import { AppError } from '../../common/errors/index.js';
import type { EventBus } from '../../common/events/index.js';
import { actingHost } from './acting-host.js';
import { isModerating } from './call-powers.js';
import { callChannel } from '../connection/channels.js';
import type { MeetingIo } from '../connection/meeting-io.js';
import type { PayloadOf, PlainNotification } from '../connection/meeting-socket.js';
import type { MediaRoom } from '../media-host.js';
import { Standing } from './standing.js';
import { Stay, type StayHome, type StayOptions } from './stay.js';

interface CallListeners {
  began: (stay: Stay) => void;
  ended: (stay: Stay, reason: LeaveReason) => void;
  /** The last one has left. */
  empty: () => void;
}

/** The people who are in one room's call now, and the notifications that they get of each other. */
export class Call implements StayHome {
  private readonly stays = new Map<ParticipantId, Stay>();
  private mediaRoom: MediaRoom | null = null;
  private speakers: ParticipantId[] = [];
  private isEnding = false;

  constructor(
    public room: RoomSummary,
    private readonly io: MeetingIo,
    readonly events: EventBus,
    private readonly listeners: CallListeners,
  ) {}

  get channel(): string {
    return callChannel(this.room.id);
  }

  get size(): number {
    return this.stays.size;
  }

  /** Describes the call for a reply to `join_room`: everybody else whom others know of. */
  describeTo(self: Stay): { room: RoomSummary; participants: Participant[]; activeSpeakers: ParticipantId[] } {
    const others = this.people.filter((stay) => stay !== self && stay.announced);
    return { room: this.room, participants: others.map((stay) => stay.describe()), activeSpeakers: this.speakers };
  }

  find(predicate: (stay: Stay) => boolean): Stay | undefined {
    return [...this.stays.values()].find(predicate);
  }

  get people(): Stay[] {
    return [...this.stays.values()];
  }

  /** @throws AppError NOT_FOUND */
  participant(id: ParticipantId): Stay {
    const stay = this.stays.get(id);
    if (!stay) throw new AppError('NOT_FOUND', 'Nobody in this call has this id.');
    return stay;
  }

  /** Lets a person in. An account is in a call once: a new stay replaces an earlier one and takes over its standing. */
  add({ role, ...options }: StayOptions): Stay {
    const { userId } = options.identity;
    const previous = this.stayOf(userId);
    const standing = previous?.standing ?? new Standing(userId, role);
    standing.role = role;
    standing.away = false;
    const stay = new Stay(this, standing, options);
    this.stays.set(stay.id, stay);
    this.listeners.began(stay);
    // A person who is there already goes on being there: the new stay is announced before the old one ends.
    if (previous?.announced) stay.announce();
    previous?.end('replaced');
    this.events.publish('participant-joined', { ...stay.facts, client: options.socket.data.client });
    if (!options.willPublish) stay.announce();
    this.settleHost({ newcomer: stay });
    return stay;
  }

  /** Called by the stay that ends. */
  remove(stay: Stay, reason: LeaveReason): void {
    if (!this.stays.delete(stay.id)) return;
    if (stay.announced) this.tell('participant_left', { participantId: stay.id, reason }, stay);
    this.events.publish('participant-left', { ...stay.facts, reason });
    this.listeners.ended(stay, reason);
    if (this.stays.size === 0) this.listeners.empty();
    else this.settleHost();
  }

  /** The room's record has changed. */
  setRole(stay: Stay, role: Role): void {
    if (stay.standing.role === role) return;
    stay.standing.role = role;
    this.settleHost({ changed: stay });
  }

  /** Ends the call for everybody. */
  end(reason: RoomEndReason): void {
    this.isEnding = true;
    for (const stay of this.stays.values()) {
      stay.notify('room_ended', { reason });
      stay.end(reason === 'draining' ? 'draining' : 'room-ended');
    }
  }

  rename(room: RoomSummary): void {
    this.room = room;
    this.tell('room_changed', { room });
  }

  /** Tells everybody in the call, but not `except`. */
  tell<Name extends PlainNotification>(name: Name, payload: PayloadOf<Name>, except?: Stay): void {
    this.io.tell(this.channel, name, payload, except?.connection.socketId);
  }

  tellModerators<Name extends PlainNotification>(name: Name, payload: PayloadOf<Name>): void {
    for (const stay of this.stays.values()) if (isModerating(stay.role)) stay.notify(name, payload);
  }

  /** Passes on who speaks. A media room ends with its last peer, so a call may see several. */
  listenTo(mediaRoom: MediaRoom): void {
    if (this.mediaRoom === mediaRoom) return;
    this.mediaRoom = mediaRoom;
    mediaRoom.on('active-speakers', (participantIds) => {
      this.speakers = participantIds;
      this.tell('active_speakers', { participantIds });
      this.events.publish('speakers-changed', { roomId: this.room.id, participantIds, at: new Date() });
    });
  }

  stayOf(userId: UserId): Stay | undefined {
    return this.find((stay) => stay.identity.userId === userId);
  }

  /**
   * After anybody came, left or got another role: while no host is in the call, exactly one of the others acts as one.
   *
   * @param newcomer whose ack will say how it is, so that they are not told before.
   * @param changed whose role by the record is another now.
   */
  private settleHost({ newcomer, changed }: { newcomer?: Stay; changed?: Stay } = {}): void {
    if (this.isEnding) return;
    const { people } = this;
    const next = actingHost(people.map(({ standing }) => standing));
    // A host who comes is seen before another one steps down.
    if (!next && people.some(({ standing }) => standing.isActingHost)) {
      people.find(({ standing }) => standing.role === 'host')?.announce();
    }
    for (const stay of people) {
      const { standing } = stay;
      const isActingHost = standing === next;
      const hasChanged = standing.isActingHost !== isActingHost;
      if (!hasChanged && stay !== changed) continue;
      standing.isActingHost = isActingHost;
      stay.tellChanged(newcomer);
      if (stay === newcomer) continue;
      // Another role by the record is recorded with who gave it.
      if (hasChanged && (isActingHost || stay !== changed)) stay.record({ action: 'role-changed', detail: stay.role });
      this.events.publish('role-in-call-changed', { ...stay.facts, role: stay.role });
    }
  }
}
