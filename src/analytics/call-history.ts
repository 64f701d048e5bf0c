import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallEvent, Direction, QualitySample } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, In, type Repository } from 'typeorm';
import { CallEventEntity } from './call-event.entity.js';
import type { CallParticipationEntity } from './call-participation.entity.js';
import { qualityFrom } from './quality-column.js';
import { QualitySampleEntity } from './quality-sample.entity.js';

/** Samples of one lane and direction in an answer. */
const LANE_SAMPLES = 400;
/** Samples of one answer, some 5 MB: with many lanes each has fewer. */
const ANSWER_SAMPLES = 20_000;
const MIN_LANE_SAMPLES = 20;
const ANSWER_EVENTS = 20_000;
/** Samples of one call that the worst moment is looked for in; of more, each lane's worst ones are read. */
const BAD_SAMPLES = 8_000;
const EXPORT_PAGE = 2_000;

/** Rows as the database's driver gives them: times may be text, and numbers too. */
interface MergedRow {
  at: Date | string;
  direction: Direction;
  lossRatio: number | null;
  jitterMs: number | null;
  roundTripTimeMs: number | null;
  bitrateBps: number | string | null;
  frozenMs: number | string | null;
  quality: number | string;
}

type Stay = Pick<CallParticipationEntity, 'id'>;

/** Reads events and samples of stays; lane by lane, so that a long call holds up nobody else. */
@Injectable()
export class CallHistory {
  constructor(
    @InjectRepository(CallEventEntity) private readonly events: Repository<CallEventEntity>,
    @InjectRepository(QualitySampleEntity) private readonly samples: Repository<QualitySampleEntity>,
  ) {}

  /** By stay, the oldest first. */
  async eventsOf(stays: Stay[]): Promise<Map<string, CallEvent[]>> {
    const participationId = In(stays.map(({ id }) => id));
    const order = { at: 'ASC', id: 'ASC' } as const;
    const rows = await this.events.find({ where: { participationId }, order, take: ANSWER_EVENTS });
    const byStay = Map.groupBy(rows, (row) => row.participationId);
    return new Map(
      [...byStay].map(([id, events]) => [
        id,
        events.map(({ at, type, source, actor, detail }) => ({ at: at.toISOString(), type, source, actor, detail })),
      ]),
    );
  }

  /** By stay, the oldest first. In a long stay neighbours are merged, see `CallLane.samples`; the database does it. */
  async mergedSamplesOf(stays: Stay[]): Promise<Map<string, QualitySample[]>> {
    const share = Math.floor(ANSWER_SAMPLES / 2 / Math.max(1, stays.length));
    const parts = Math.min(LANE_SAMPLES, Math.max(MIN_LANE_SAMPLES, share));
    return this.laneByLane(stays, (stay) => this.merged(stay, parts));
  }

  /** By stay, the oldest first, none merged: only those that were poor or bad. */
  async badSamplesOf(stays: Stay[]): Promise<Map<string, QualitySample[]>> {
    const share = Math.max(MIN_LANE_SAMPLES, Math.floor(BAD_SAMPLES / Math.max(1, stays.length)));
    return this.laneByLane(stays, async ({ id }) => {
      const rows = await this.samples
        .createQueryBuilder('sample')
        .where('sample.participationId = :id AND sample.quality >= 2', { id })
        .orderBy('sample.quality', 'DESC')
        .addOrderBy('sample.lossRatio', 'DESC')
        .limit(share)
        .getMany();
      return rows.sort((a, b) => a.at.getTime() - b.at.getTime()).map(describe);
    });
  }

  /** Every sample of a stay, the oldest first, page by page. */
  async *pagesOf({ id }: Stay): AsyncGenerator<QualitySample[]> {
    let last: QualitySampleEntity | undefined;
    do {
      const query = this.samples
        .createQueryBuilder('sample')
        .where('sample.participationId = :id', { id })
        .orderBy('sample.at', 'ASC')
        .addOrderBy('sample.direction', 'ASC')
        .limit(EXPORT_PAGE);
      if (last) {
        const { at, direction } = last;
        query.andWhere(
          new Brackets((later) =>
            later
              .where('sample.at > :at', { at })
              .orWhere('(sample.at = :at AND sample.direction > :direction)', { at, direction }),
          ),
        );
      }
      const rows = await query.getMany();
      last = rows.length === EXPORT_PAGE ? rows.at(-1) : undefined;
      if (rows.length > 0) yield rows.map(describe);
      // SQLite's driver answers at once: others get a turn before the next page.
      await nextTurn();
    } while (last);
  }

  private async laneByLane(
    stays: Stay[],
    read: (stay: Stay) => Promise<QualitySample[]>,
  ): Promise<Map<string, QualitySample[]>> {
    const lanes = new Map<string, QualitySample[]>();
    for (const stay of stays) {
      lanes.set(stay.id, await read(stay));
      await nextTurn();
    }
    return lanes;
  }

  private async merged({ id }: Stay, parts: number): Promise<QualitySample[]> {
    const numbered = this.samples
      .createQueryBuilder()
      .subQuery()
      .select('sample.*')
      .addSelect(`NTILE(${parts}) OVER (PARTITION BY sample.direction ORDER BY sample.at)`, 'part')
      .from(QualitySampleEntity, 'sample')
      .where('sample.participationId = :id');
    const rows = await this.samples.manager
      .createQueryBuilder()
      .select('MAX(numbered.at)', 'at')
      .addSelect('numbered.direction', 'direction')
      .addSelect('MAX(numbered.lossRatio)', 'lossRatio')
      .addSelect('MAX(numbered.jitterMs)', 'jitterMs')
      .addSelect('MAX(numbered.roundTripTimeMs)', 'roundTripTimeMs')
      .addSelect('AVG(numbered.bitrateBps)', 'bitrateBps')
      .addSelect('SUM(numbered.frozenMs)', 'frozenMs')
      .addSelect('MAX(numbered.quality)', 'quality')
      .from(numbered.getQuery(), 'numbered')
      .setParameters({ id })
      .groupBy('numbered.direction')
      .addGroupBy('numbered.part')
      // `at` would be the column of the rows that are grouped.
      .orderBy('MAX(numbered.at)', 'ASC')
      .getRawMany<MergedRow>();
    return rows.map(({ at, direction, lossRatio, jitterMs, roundTripTimeMs, bitrateBps, frozenMs, quality }) => ({
      at: momentOf(at).toISOString(),
      direction,
      lossRatio,
      jitterMs,
      roundTripTimeMs,
      bitrateBps: bitrateBps === null ? null : Math.round(Number(bitrateBps)),
      frozenMs: frozenMs === null ? null : Number(frozenMs),
      quality: qualityFrom(quality),
    }));
  }
}

function describe({ at, participationId: _, ...sample }: QualitySampleEntity): QualitySample {
  return { at: at.toISOString(), ...sample };
}

/** SQLite gives a time as text in UTC, without saying so. */
function momentOf(stored: Date | string): Date {
  return typeof stored === 'string' ? new Date(`${stored.replace(' ', 'T')}Z`) : stored;
}
