import type { CallEventType, ParticipantId, RoomId } from '@minimeet/protocol';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { EventBus, type Events, type MediaSampleFacts, type StayFacts } from '../common/events/index.js';
import type { CallSessionEntity } from './call-session.entity.js';
import { HistoryQueue } from './history-queue.js';
import { type EventWords, OngoingStay } from './ongoing-stay.js';

/** Samples that were under way when a stay ended arrive within this time. */
const LINGER_MS = 30_000;
const TIDY_INTERVAL_MS = 10_000;

/** A moment of a stay. */
type Moment = Pick<StayFacts, 'participantId' | 'at'>;

/** A call that goes on. */
interface OpenCall {
  session: CallSessionEntity;
  /** People in it now. */
  present: Set<ParticipantId>;
}

/** Records the people of each call, their times and their media. It only listens, and turns facts into rows. */
@Injectable()
export class CallRecorder implements OnModuleInit, OnApplicationShutdown {
  private readonly calls = new Map<RoomId, OpenCall>();
  private readonly stays = new Map<ParticipantId, OngoingStay>();
  /** The people who speak now, by room. */
  private readonly speakers = new Map<RoomId, ParticipantId[]>();
  private readonly ended: { id: ParticipantId; forgetAtMs: number }[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly queue: HistoryQueue,
    events: EventBus,
  ) {
    events.subscribe('participant-joined', (facts) => this.joined(facts));
    events.subscribe('participant-left', (facts) => this.left(facts));
    events.subscribe('room-deleted', ({ roomId }) => this.forget(roomId));
    events.subscribe('connection-lost', (facts) => this.happened('connection-lost', facts));
    events.subscribe('connection-resumed', (facts) => this.reconnected('connection-resumed', facts));
    events.subscribe('media-lost', (facts) => this.happened('media-lost', facts));
    events.subscribe('media-rebuilt', (facts) => this.reconnected('media-rebuilt', facts));
    events.subscribe('publication-changed', (facts) => {
      if (!facts.byOther) this.happened(facts.change, facts, facts);
    });
    events.subscribe('moderated', (facts) => this.happened(facts.action, facts, facts));
    events.subscribe('speakers-changed', (facts) => this.speakersChanged(facts));
    events.subscribe('quality-reported', (facts) => this.reported(facts));
    events.subscribe('media-sampled', (facts) => this.sampled(facts));
  }

  onModuleInit(): void {
    this.timer = setInterval(() => this.tidy(), TIDY_INTERVAL_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private joined(facts: Events['participant-joined']): void {
    const { roomId, participantId, at } = facts;
    const call = this.calls.get(roomId) ?? this.begin(roomId, at);
    call.present.add(participantId);
    const stay = new OngoingStay(call.session.id, facts);
    this.stays.set(participantId, stay);
    this.queue.buffer.stay(stay);
  }

  private begin(roomId: RoomId, startedAt: Date): OpenCall {
    const session = { id: uuid(), roomId, startedAt, endedAt: null };
    const call: OpenCall = { session, present: new Set() };
    this.calls.set(roomId, call);
    this.queue.buffer.session(session);
    return call;
  }

  private left({ roomId, participantId, reason, at }: Events['participant-left']): void {
    const call = this.calls.get(roomId);
    const stay = this.stays.get(participantId);
    if (!stay || !call?.present.delete(participantId)) return;
    stay.end(reason, at);
    this.ended.push({ id: participantId, forgetAtMs: performance.now() + LINGER_MS });
    this.queue.buffer.stay(stay);
    if (call.present.size > 0) return;
    // A person replaced by themselves elsewhere leaves before they come, in the same turn: that is one call.
    if (reason === 'replaced') queueMicrotask(() => this.endIfEmpty(call, at));
    else this.endIfEmpty(call, at);
  }

  private endIfEmpty(call: OpenCall, at: Date): void {
    const { roomId } = call.session;
    if (call.present.size > 0 || this.calls.get(roomId) !== call) return;
    this.calls.delete(roomId);
    this.speakers.delete(roomId);
    call.session.endedAt = at;
    this.queue.buffer.session(call.session);
    void this.queue.write();
  }

  /** With the room its calls are gone from the database, also one that has just ended and is not written yet. */
  private forget(roomId: RoomId): void {
    this.calls.delete(roomId);
    this.speakers.delete(roomId);
    for (const [id, stay] of this.stays) {
      if (stay.roomId !== roomId) continue;
      this.stays.delete(id);
      this.queue.buffer.forget(stay.sessionId);
    }
  }

  private happened(type: CallEventType, { participantId, at }: Moment, words: EventWords = {}): void {
    const stay = this.stays.get(participantId);
    const row = stay?.event(type, at, words);
    if (stay && row) this.queue.buffer.event(stay.sessionId, row);
    else if (stay) this.queue.drop(1);
  }

  private reconnected(type: 'connection-resumed' | 'media-rebuilt', facts: Moment): void {
    this.happened(type, facts);
    const stay = this.stays.get(facts.participantId);
    if (!stay) return;
    stay.reconnected();
    this.queue.buffer.stay(stay);
  }

  private speakersChanged({ roomId, participantIds, at }: Events['speakers-changed']): void {
    const before = this.speakers.get(roomId) ?? [];
    if (this.calls.has(roomId)) this.speakers.set(roomId, participantIds);
    for (const id of before) {
      const stay = this.stays.get(id);
      if (stay && !participantIds.includes(id) && stay.speaks(false, at)) this.queue.buffer.stay(stay);
    }
    for (const id of participantIds) this.stays.get(id)?.speaks(true, at);
  }

  private reported({ participantId, report }: Events['quality-reported']): void {
    const stay = this.stays.get(participantId);
    if (!stay) return;
    stay.reported(report);
    if (report.joinPhases || report.path) this.queue.buffer.stay(stay);
  }

  private sampled(facts: MediaSampleFacts): void {
    const stay = this.stays.get(facts.participantId);
    const row = stay?.sample(facts);
    if (!stay || !row) return;
    this.queue.buffer.sample(stay.sessionId, row);
    // Its quality may be another now.
    this.queue.buffer.stay(stay);
  }

  private tidy(): void {
    const nowMs = performance.now();
    while (this.ended[0] && this.ended[0].forgetAtMs < nowMs) this.stays.delete(this.ended.shift()?.id ?? '');
  }
}
