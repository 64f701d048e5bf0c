import type { ParticipantId, RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { EventBus } from '../common/events/index.js';

/** Who is in which call now. */
@Injectable()
export class PresenceService {
  private readonly rooms = new Map<RoomId, Map<ParticipantId, UserId>>();

  constructor(events: EventBus) {
    events.subscribe('participant-joined', ({ roomId, participantId, userId }) => {
      const people = this.rooms.get(roomId) ?? new Map<ParticipantId, UserId>();
      this.rooms.set(roomId, people.set(participantId, userId));
    });
    events.subscribe('participant-left', ({ roomId, participantId }) => {
      const people = this.rooms.get(roomId);
      people?.delete(participantId);
      if (people?.size === 0) this.rooms.delete(roomId);
    });
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
}
