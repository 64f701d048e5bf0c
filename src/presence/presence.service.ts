import type { ParticipantId, PresenceStatus, RoomId, UserId } from '@minimeet/protocol';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { EventBus } from '../common/events/index.js';
import { PersonPresence } from './person-presence.js';

/** The people of every call, and the status of every account, now. */
@Injectable()
export class PresenceService implements BeforeApplicationShutdown {
  private readonly rooms = new Map<RoomId, Map<ParticipantId, UserId>>();
  private readonly people = new Map<UserId, PersonPresence>();
  private isStopped = false;

  constructor(private readonly events: EventBus) {
    events.subscribe('participant-joined', ({ roomId, participantId, userId }) => {
      const people = this.rooms.get(roomId) ?? new Map<ParticipantId, UserId>();
      this.rooms.set(roomId, people.set(participantId, userId));
      this.change(userId, (person) => person.joined(participantId));
    });
    events.subscribe('participant-left', ({ roomId, participantId, userId }) => {
      const people = this.rooms.get(roomId);
      people?.delete(participantId);
      if (people?.size === 0) this.rooms.delete(roomId);
      this.change(userId, (person) => person.left(participantId));
    });
    events.subscribe('connection-lost', ({ userId, participantId }) =>
      this.change(userId, (person) => person.lost(participantId)),
    );
    events.subscribe('connection-resumed', ({ userId, participantId }) =>
      this.change(userId, (person) => person.joined(participantId)),
    );
  }

  /** Rooms with a call. */
  get roomCount(): number {
    return this.rooms.size;
  }

  get totalParticipantCount(): number {
    return [...this.rooms.values()].reduce((sum, people) => sum + people.size, 0);
  }

  participants(roomId: RoomId): UserId[] {
    return [...new Set(this.rooms.get(roomId)?.values())];
  }

  participantCount(roomId: RoomId): number {
    return this.rooms.get(roomId)?.size ?? 0;
  }

  isInCall(roomId: RoomId, userId: UserId): boolean {
    return this.participants(roomId).includes(userId);
  }

  /** As others know it. */
  statusOf(userId: UserId): PresenceStatus {
    return this.people.get(userId)?.status ?? 'offline';
  }

  connectionOpened(userId: UserId, connection: string): void {
    this.change(userId, (person) => person.opened(connection));
  }

  /** The connection is gone, with a goodbye or without. */
  connectionClosed(userId: UserId, connection: string): void {
    this.change(userId, (person) => {
      person.closed(connection);
      if (!person.isConnected) this.events.publish('last-connection-closed', { userId, at: new Date() });
    });
  }

  /** Whether anybody sits before this connection; counts until it is said again. */
  setAway(userId: UserId, connection: string, away: boolean): void {
    this.change(userId, (person) => person.setAway(connection, away));
  }

  /** Accounts with a connection. */
  connected(): UserId[] {
    return [...this.people].filter(([, person]) => person.isConnected).map(([userId]) => userId);
  }

  /** Nobody is told that all connections end. */
  beforeApplicationShutdown(): void {
    this.isStopped = true;
    for (const person of this.people.values()) person.stop();
  }

  private change(userId: UserId, work: (person: PersonPresence) => void): void {
    if (this.isStopped) return;
    const person = this.people.get(userId) ?? new PersonPresence((status) => this.tell(userId, status));
    this.people.set(userId, person);
    work(person);
    this.forgetIfGone(userId, person);
  }

  private tell(userId: UserId, status: PresenceStatus): void {
    this.events.publish('presence-changed', { userId, status });
    const person = this.people.get(userId);
    if (person) this.forgetIfGone(userId, person);
  }

  private forgetIfGone(userId: UserId, person: PersonPresence): void {
    if (person.isForgotten) this.people.delete(userId);
  }
}
