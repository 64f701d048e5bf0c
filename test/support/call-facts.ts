import { randomUUID } from 'node:crypto';
import type { Direction, KindSample, LeaveReason, Room, Session } from '@minimeet/protocol';
import { EventBus, type Events, type StayFacts } from '../../src/common/events/index.js';
import type { RunningServer } from './server.js';

const QUIET: KindSample = {
  packets: 500,
  packetsLost: 0,
  lossRatio: 0,
  jitterMs: 4,
  roundTripTimeMs: 30,
  nacks: 0,
  plis: 0,
  firs: 0,
};

/** One person's stay as the server would tell it on its bus: for histories that are too long to live through. */
export class ToldStay {
  readonly facts: Omit<StayFacts, 'at'>;

  private constructor(
    private readonly events: EventBus,
    room: Room,
    { user }: Session,
    displayName: string,
  ) {
    const { id: roomId, slug } = room;
    this.facts = { roomId, slug, participantId: randomUUID(), userId: user.id, displayName };
  }

  static joins(
    server: RunningServer,
    room: Room,
    session: Session,
    { at, client = null, name = session.user.displayName }: { at: Date; client?: string | null; name?: string },
  ): ToldStay {
    const stay = new ToldStay(server.app.get(EventBus, { strict: false }), room, session, name);
    stay.events.publish('participant-joined', { ...stay.facts, client, at });
    return stay;
  }

  get id(): string {
    return this.facts.participantId;
  }

  tell<
    Name extends
      'connection-lost' | 'connection-resumed' | 'publication-changed' | 'quality-reported' | 'media-rebuilt',
  >(name: Name, at: Date, more: Omit<Events[Name], keyof StayFacts>): void {
    this.events.publish(name, { ...this.facts, ...more, at } as Events[Name]);
  }

  speaks(at: Date, participantIds: string[]): void {
    this.events.publish('speakers-changed', { roomId: this.facts.roomId, participantIds, at });
  }

  isSampled(direction: Direction, at: Date, audio: Partial<KindSample> = {}): void {
    const { roomId, participantId } = this.facts;
    const kinds = { audio: { ...QUIET, ...audio } };
    this.events.publish('media-sampled', {
      roomId,
      participantId,
      at,
      direction,
      intervalMs: 10_000,
      bytes: 125_000,
      kinds,
    });
  }

  leaves(at: Date, reason: LeaveReason = 'left'): void {
    this.events.publish('participant-left', { ...this.facts, reason, at });
  }
}
