import type { RoomId, RoomSlug, RoomSummary, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { EventBus } from '../common/events/index.js';
import { Call } from './call.js';
import { Entrances } from './entrances.js';
import type { MeetingServer } from './meeting-socket.js';
import type { Stay } from './stay.js';

/** The calls that go on now, one a room. */
@Injectable()
export class Calls {
  readonly entrances: Entrances;
  private readonly calls = new Map<RoomId, Call>();
  private server: MeetingServer;
  private isDraining = false;

  constructor(private readonly events: EventBus) {
    this.entrances = new Entrances(events);
    events.subscribe('room-updated', ({ room }) => this.calls.get(room.id)?.rename(room));
    events.subscribe('room-deleted', ({ roomId }) => this.calls.get(roomId)?.end('deleted'));
  }

  get draining(): boolean {
    return this.isDraining;
  }

  attach(server: MeetingServer): void {
    this.server = server;
  }

  /** The call of a room: the one that goes on, or a new one. */
  of(room: RoomSummary): Call {
    const running = this.calls.get(room.id);
    if (running) return running;
    const call = new Call(room, this.server, this.events, () => this.calls.delete(room.id));
    this.calls.set(room.id, call);
    return call;
  }

  /** The stay that a resume token stands for, if it has not ended and belongs to this account and room. */
  resumable(token: string, userId: UserId, slug: RoomSlug): Stay | undefined {
    for (const call of this.calls.values()) {
      if (call.room.slug !== slug) continue;
      return call.find((stay) => stay.resumeToken === token && stay.identity.userId === userId);
    }
    return undefined;
  }

  /** No new joins from now on; everybody is told and leaves. */
  drain(): void {
    this.isDraining = true;
    for (const call of this.calls.values()) call.end('draining');
  }
}
