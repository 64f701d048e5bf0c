import type { CallEventType, LeaveReason, ReportQualityRequest, RoomId } from '@minimeet/protocol';
import { v7 as uuid } from 'uuid';
import type { Events, MediaSampleFacts } from '../common/events/index.js';
import type { CallEventEntity } from './call-event.entity.js';
import type { CallParticipationEntity } from './call-participation.entity.js';
import { sampleOf } from './media-sample.js';
import { noSamples, overallQuality } from './overall-quality.js';
import type { QualitySampleEntity } from './quality-sample.entity.js';

/** Characters of the column. */
const CLIENT_LENGTH = 128;
/** Somebody who mutes and unmutes all day fills a page, not the disk. */
const MAX_EVENTS = 2_000;

/** The words of an event besides its type. */
export type EventWords = Partial<Pick<CallEventEntity, 'source' | 'actor' | 'detail'>>;

/** Everything known of one stay so far. It outlives the stay a little, for samples under way at the end. */
export class OngoingStay {
  readonly roomId: RoomId;
  private readonly counts = noSamples();
  private readonly fields: Omit<CallParticipationEntity, 'quality'>;
  private speakingSince: Date | null = null;
  /** The sum of the reports since the last sample down. */
  private frozenMs: number | null = null;
  private eventCount = 0;

  constructor(
    readonly sessionId: string,
    { roomId, participantId: id, userId, displayName, at: joinedAt, client }: Events['participant-joined'],
  ) {
    this.roomId = roomId;
    this.fields = {
      id,
      sessionId,
      userId,
      displayName,
      joinedAt,
      leftAt: null,
      leaveReason: null,
      client: client?.slice(0, CLIENT_LENGTH) ?? null,
      networkPath: null,
      joinPhases: null,
      speakingMs: 0,
      reconnects: 0,
    };
  }

  get id(): string {
    return this.fields.id;
  }

  /** As it is now. */
  row(): CallParticipationEntity {
    return { ...this.fields, quality: overallQuality(this.counts) };
  }

  end(reason: LeaveReason, at: Date): void {
    this.speaks(false, at);
    this.fields.leftAt = at;
    this.fields.leaveReason = reason;
  }

  /** @returns whether that ended a time of speaking. */
  speaks(isSpeaking: boolean, at: Date): boolean {
    const since = this.speakingSince;
    if (isSpeaking) {
      this.speakingSince ??= this.fields.leftAt ? null : at;
      return false;
    }
    this.speakingSince = null;
    if (since) this.fields.speakingMs += Math.max(0, at.getTime() - since.getTime());
    return since !== null;
  }

  reconnected(): void {
    this.fields.reconnects += 1;
  }

  reported({ joinPhases, path, frozenMs }: ReportQualityRequest): void {
    if (joinPhases) this.fields.joinPhases = joinPhases;
    if (path) this.fields.networkPath = path;
    if (frozenMs !== undefined) this.frozenMs = (this.frozenMs ?? 0) + frozenMs;
  }

  /** @returns the row of an event; `null` when there have been too many. */
  event(
    type: CallEventType,
    at: Date,
    { source = null, actor = null, detail = null }: EventWords,
  ): CallEventEntity | null {
    this.eventCount += 1;
    if (this.eventCount > MAX_EVENTS) return null;
    return { id: uuid(), participationId: this.id, at, type, source, actor, detail };
  }

  /** @returns the row of a sample; `null` when nothing flowed. */
  sample(facts: MediaSampleFacts): QualitySampleEntity | null {
    const isDown = facts.direction === 'down';
    const row = sampleOf(facts, isDown ? this.frozenMs : null);
    if (isDown) this.frozenMs = null;
    if (row) this.counts[row.quality] += 1;
    return row;
  }
}
