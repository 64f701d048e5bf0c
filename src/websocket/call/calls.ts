import type { RoomId, RoomSlug, RoomSummary, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors/index.js';
import { EventBus } from '../../common/events/index.js';
import { MeetingIo } from '../connection/meeting-io.js';
import { Call } from './call.js';
import { Entrances } from './entrances.js';
import { type Farewell, Farewells } from './farewells.js';
import type { Stay } from './stay.js';

/** The calls that go on now, one a room. */
@Injectable()
export class Calls {
  readonly entrances: Entrances;
  private readonly farewells = new Farewells();
  private readonly calls = new Map<RoomId, Call>();
  /** By resume token. */
  private readonly stays = new Map<string, Stay>();
  private isDraining = false;

  constructor(
    private readonly io: MeetingIo,
    private readonly events: EventBus,
  ) {
    this.entrances = new Entrances(events);
    events.subscribe('room-updated', ({ room }) => this.calls.get(room.id)?.rename(room));
    events.subscribe('user-updated', ({ userId, ...profile }) => {
      for (const call of this.calls.values()) call.stayOf(userId)?.showAs(profile);
    });
    events.subscribe('room-deleted', ({ roomId }) => this.calls.get(roomId)?.end('deleted'));
  }

  get draining(): boolean {
    return this.isDraining;
  }

  /** @throws AppError DRAINING */
  assertOpen(): void {
    if (this.isDraining) throw new AppError('DRAINING', 'This server is shutting down; try again in a moment.');
  }

  /** The call of a room: the one that goes on, or a new one. */
  of(room: RoomSummary): Call {
    const running = this.calls.get(room.id);
    if (running) return running;
    const call = new Call(room, this.io, this.events, {
      began: (stay) => this.stays.set(stay.resumeToken, stay),
      ended: ({ resumeToken, slug, identity }, reason) => {
        this.stays.delete(resumeToken);
        this.farewells.remember(resumeToken, slug, identity.userId, reason);
      },
      empty: () => this.calls.delete(room.id),
    });
    this.calls.set(room.id, call);
    return call;
  }

  /** The call that goes on in a room, if one does. */
  running(roomId: RoomId): Call | undefined {
    return this.calls.get(roomId);
  }

  /** @param stay - one that goes on */
  callOf({ roomId }: Stay): Call {
    const call = this.calls.get(roomId);
    if (!call) throw new Error('A stay goes on without a call.');
    return call;
  }

  /** The stay that a resume token stands for, if it has not ended and belongs to this account and room. */
  resumable(token: string, userId: UserId, slug: RoomSlug): Stay | undefined {
    const stay = this.stays.get(token);
    return stay?.slug === slug && stay.identity.userId === userId ? stay : undefined;
  }

  /**
   * Tells how the stay that a client wants to go on with ended, if somebody else ended it. A person who is in the call
   * with another connection by now has replaced themselves, however long ago.
   */
  farewell(token: string, userId: UserId, slug: RoomSlug): Farewell | null {
    const call = [...this.calls.values()].find(({ room }) => room.slug === slug);
    const isElsewhere = call?.stayOf(userId)?.connection.isThere === true;
    return this.farewells.of(token, slug, userId) ?? (isElsewhere ? 'replaced' : null);
  }

  /** No new joins from now on; everybody is told and leaves. */
  drain(): void {
    this.isDraining = true;
    for (const call of this.calls.values()) call.end('draining');
  }
}
