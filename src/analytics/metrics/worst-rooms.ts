import type { ParticipantId, RoomId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { EventBus, type MediaSampleFacts } from '../../common/events/index.js';
import { mosOf } from '../../common/quality/index.js';
import { PresenceService } from '../../presence/presence.service.js';

/** How many rooms are ranked. */
export const MAX_RANK = 10;
/** The period that a reading looks back on: three samples of a person. */
const WINDOW_MS = 30_000;

export interface RankedRoom {
  /** From 1, the worst. */
  rank: number;
  roomId: RoomId;
  participants: number;
  /** Mean over its people of their mean opinion scores, 1..4.5; a person's is that of their worst kind of media. */
  score: number;
  /** Share of all its people's packets that were lost, 0..1. */
  lossRatio: number;
}

interface Judged {
  atMs: number;
  score: number;
  packets: number;
  packetsLost: number;
}

/** Which calls are the worst now, by the samples of the last 30 seconds; a room without any is not among them. */
@Injectable()
export class WorstRooms {
  private readonly rooms = new Map<RoomId, Map<ParticipantId, Judged[]>>();

  constructor(
    events: EventBus,
    private readonly presence: PresenceService,
  ) {
    events.subscribe('media-sampled', (sample) => this.add(sample));
    events.subscribe('participant-left', ({ roomId, participantId }) => this.forget(roomId, participantId));
  }

  /** The worst first, at most ten. */
  list(): RankedRoom[] {
    return [...this.rooms]
      .flatMap(([roomId, people]) => this.judge(roomId, people) ?? [])
      .sort((one, other) => one.score - other.score)
      .slice(0, MAX_RANK)
      .map((room, index) => ({ rank: index + 1, ...room }));
  }

  private add(sample: MediaSampleFacts): void {
    const { roomId, participantId } = sample;
    const judged = judge(sample);
    // A sample that was under way when they left.
    if (!judged || this.presence.participantCount(roomId) === 0) return;
    const people = this.rooms.get(roomId) ?? new Map<ParticipantId, Judged[]>();
    this.rooms.set(roomId, people);
    people.set(participantId, [...recent(people.get(participantId) ?? []), judged]);
  }

  private forget(roomId: RoomId, participantId: ParticipantId): void {
    const people = this.rooms.get(roomId);
    people?.delete(participantId);
    if (people?.size === 0 || this.presence.participantCount(roomId) === 0) this.rooms.delete(roomId);
  }

  private judge(roomId: RoomId, people: Map<ParticipantId, Judged[]>): Omit<RankedRoom, 'rank'> | undefined {
    const samples = [...people.values()].map(recent).filter((own) => own.length > 0);
    if (samples.length === 0) return undefined;
    const all = samples.flat();
    const packets = all.reduce((sum, sample) => sum + sample.packets, 0);
    const packetsLost = all.reduce((sum, sample) => sum + sample.packetsLost, 0);
    return {
      roomId,
      participants: this.presence.participantCount(roomId),
      score: mean(samples.map((own) => mean(own.map(({ score }) => score)))),
      lossRatio: packets === 0 ? 0 : packetsLost / packets,
    };
  }
}

/** `undefined` when nothing is known of the loss, without which a score would be a guess that looks good. */
function judge({ kinds }: MediaSampleFacts): Judged | undefined {
  const known = Object.values(kinds).flatMap((kind) =>
    kind.lossRatio === null ? [] : [{ packets: kind.packets, lossRatio: kind.lossRatio, score: mosOf(kind) }],
  );
  if (known.length === 0) return undefined;
  return {
    atMs: performance.now(),
    score: Math.min(...known.map(({ score }) => score)),
    packets: known.reduce((sum, { packets }) => sum + packets, 0),
    packetsLost: known.reduce((sum, { packets, lossRatio }) => sum + packets * lossRatio, 0),
  };
}

function recent(samples: readonly Judged[]): Judged[] {
  const sinceMs = performance.now() - WINDOW_MS;
  return samples.filter(({ atMs }) => atMs >= sinceMs);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
