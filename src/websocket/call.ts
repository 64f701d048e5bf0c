import type { LeaveReason, Participant, ParticipantId, RoomEndReason, RoomSummary, UserId } from '@minimeet/protocol';
import type { EventBus } from '../common/events/index.js';
import { callChannel } from './channels.js';
import type { MediaRoom } from './media-host.js';
import type { MeetingServer, PayloadOf, PlainNotification } from './meeting-socket.js';
import { Stay, type StayOptions } from './stay.js';

/** The people who are in one room's call now, and what they are told of each other. */
export class Call {
  private readonly stays = new Map<ParticipantId, Stay>();
  private mediaRoom: MediaRoom | null = null;
  private speakers: ParticipantId[] = [];

  constructor(
    public room: RoomSummary,
    private readonly server: MeetingServer,
    readonly events: EventBus,
    private readonly onEmpty: (call: Call) => void,
  ) {}

  get channel(): string {
    return callChannel(this.room.id);
  }

  get size(): number {
    return this.stays.size;
  }

  get activeSpeakers(): ParticipantId[] {
    return this.speakers;
  }

  /** Everybody but `self` whom others know of. */
  others(self: Stay): Participant[] {
    return [...this.stays.values()].filter((stay) => stay !== self && stay.announced).map((stay) => stay.describe());
  }

  find(predicate: (stay: Stay) => boolean): Stay | undefined {
    return [...this.stays.values()].find(predicate);
  }

  /** Lets a person in. An account is in a call once: an earlier stay of the same one is replaced. */
  add(options: StayOptions): Stay {
    const stay = new Stay(this, options);
    this.stays.set(stay.id, stay);
    this.stayOf(options.identity.userId, stay)?.end('replaced');
    this.events.publish('participant-joined', { ...stay.facts, client: options.socket.data.client });
    if (!options.willPublish) stay.announce();
    return stay;
  }

  /** Called by the stay that ends. */
  remove(stay: Stay, reason: LeaveReason): void {
    if (!this.stays.delete(stay.id)) return;
    if (stay.announced) this.tell('participant_left', { participantId: stay.id, reason }, stay);
    this.events.publish('participant-left', { ...stay.facts, reason });
    if (this.stays.size === 0) this.onEmpty(this);
  }

  /** Ends the call for everybody. */
  end(reason: RoomEndReason): void {
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
    this.server
      .to(this.channel)
      .except(except?.socketId ?? [])
      .emit(name, payload);
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

  private stayOf(userId: UserId, except: Stay): Stay | undefined {
    return this.find((stay) => stay !== except && stay.identity.userId === userId);
  }
}
