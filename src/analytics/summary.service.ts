import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AnalyticsSummary } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { AppError } from '../common/errors/index.js';
import { CallParticipationEntity } from './call-participation.entity.js';
import { CallSessionEntity } from './call-session.entity.js';
import type { SummaryQueryDto } from './dto/analytics.dto.js';
import { noSamples, type QualityCounts } from './overall-quality.js';
import { addTo, type Histogram, percentile } from './percentile.js';
import { qualityFrom } from './quality-column.js';
import { QualitySampleEntity } from './quality-sample.entity.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const DEFAULT_DAYS = 7;
const MAX_DAYS = 366;
/** A long time is summed up in this many parts, so that SQLite's driver, which blocks, holds up nobody for long. */
const MAX_PARTS = 32;
/** Loss is counted in thousandths. */
const PERMILLE = 1_000;

interface Range {
  from: Date;
  to: Date;
}

/** Sums over a part of the time. Databases give large numbers as text. */
interface StaySums {
  participations: number | string;
  reconnects: number | string | null;
  minutes: number | string | null;
}

interface Totals {
  calls: number;
  participations: number;
  reconnects: number;
  minutes: number;
  samples: QualityCounts;
  roundTripTimesMs: Histogram;
  lossPermille: Histogram;
}

/** Figures of all calls of a time. The database counts, and answers with a histogram of each part of the time. */
@Injectable()
export class SummaryService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @throws AppError INVALID_PAYLOAD */
  async summarize(query: SummaryQueryDto): Promise<AnalyticsSummary> {
    const range = rangeOf(query);
    const totals: Totals = {
      calls: 0,
      participations: 0,
      reconnects: 0,
      minutes: 0,
      samples: noSamples(),
      roundTripTimesMs: new Map(),
      lossPermille: new Map(),
    };
    for (const part of partsOf(range)) {
      await this.addStays(totals, part);
      await this.addSamples(totals, part);
      await nextTurn();
    }
    const loss = percentile(totals.lossPermille, 0.95);
    return {
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      calls: totals.calls,
      participations: totals.participations,
      participantMinutes: Math.round(totals.minutes * 10) / 10,
      reconnects: totals.reconnects,
      samples: totals.samples,
      medianRoundTripTimeMs: percentile(totals.roundTripTimesMs, 0.5),
      p95LossRatio: loss === null ? null : loss / PERMILLE,
    };
  }

  private async addStays(totals: Totals, range: Range): Promise<void> {
    const { manager } = this.dataSource;
    totals.calls += await manager
      .createQueryBuilder(CallSessionEntity, 'session')
      .where('session.startedAt >= :from AND session.startedAt < :to', range)
      .getCount();
    const sums = await manager
      .createQueryBuilder(CallParticipationEntity, 'stay')
      .innerJoin(CallSessionEntity, 'session', 'session.id = stay.sessionId')
      .select('COUNT(*)', 'participations')
      .addSelect('SUM(stay.reconnects)', 'reconnects')
      .addSelect(`SUM(${this.minutes('stay.joinedAt', 'COALESCE(stay.leftAt, :now)')})`, 'minutes')
      .where('session.startedAt >= :from AND session.startedAt < :to', { ...range, now: new Date() })
      .getRawOne<StaySums>();
    totals.participations += Number(sums?.participations ?? 0);
    totals.reconnects += Number(sums?.reconnects ?? 0);
    totals.minutes += Number(sums?.minutes ?? 0);
  }

  private async addSamples(totals: Totals, range: Range): Promise<void> {
    for (const [quality, count] of await this.counted('sample.quality', range)) {
      totals.samples[qualityFrom(quality)] += count;
    }
    for (const [value, count] of await this.counted('ROUND(sample.roundTripTimeMs)', range)) {
      addTo(totals.roundTripTimesMs, value, count);
    }
    for (const [value, count] of await this.counted(`ROUND(sample.lossRatio * ${PERMILLE})`, range)) {
      addTo(totals.lossPermille, value, count);
    }
  }

  /** How many samples of the time's calls have which value. */
  private async counted(value: string, range: Range): Promise<[value: number, count: number][]> {
    const rows = await this.samplesOf(range)
      .select(value, 'value')
      .addSelect('COUNT(*)', 'count')
      .andWhere(`${value} IS NOT NULL`)
      .groupBy(value)
      .getRawMany<{ value: number | string; count: number | string }>();
    return rows.map((row) => [Number(row.value), Number(row.count)]);
  }

  private samplesOf(range: Range): SelectQueryBuilder<QualitySampleEntity> {
    return this.dataSource.manager
      .createQueryBuilder(QualitySampleEntity, 'sample')
      .innerJoin(CallParticipationEntity, 'stay', 'stay.id = sample.participationId')
      .innerJoin(CallSessionEntity, 'session', 'session.id = stay.sessionId')
      .where('session.startedAt >= :from AND session.startedAt < :to', range);
  }

  private minutes(from: string, to: string): string {
    return this.dataSource.options.type === 'better-sqlite3'
      ? `(julianday(${to}) - julianday(${from})) * 1440`
      : `TIMESTAMPDIFF(MICROSECOND, ${from}, ${to}) / 60000000`;
  }
}

/** @throws AppError INVALID_PAYLOAD */
function rangeOf(query: SummaryQueryDto): Range {
  const to = query.to === undefined ? new Date() : dateOf('to', query.to);
  const from = query.from === undefined ? new Date(to.getTime() - DEFAULT_DAYS * DAY_MS) : dateOf('from', query.from);
  if (from >= to) throw invalid('from', 'from must be before to');
  if (to.getTime() - from.getTime() > MAX_DAYS * DAY_MS) {
    throw invalid('from', `from must be at most ${MAX_DAYS} days before to`);
  }
  return { from, to };
}

function dateOf(field: 'from' | 'to', text: string): Date {
  const date = new Date(text);
  const year = date.getUTCFullYear();
  // JavaScript does not know every date of ISO 8601, and databases know no others than these years.
  if (!(year >= 1970 && year <= 9999)) throw invalid(field, `${field} must be a date such as 2026-01-31T12:00:00Z`);
  return date;
}

function invalid(field: string, sentence: string): AppError {
  return new AppError('INVALID_PAYLOAD', sentence, { details: { [field]: [sentence] } });
}

function partsOf({ from, to }: Range): Range[] {
  const lengthMs = Math.max(DAY_MS, Math.ceil((to.getTime() - from.getTime()) / MAX_PARTS));
  const parts: Range[] = [];
  for (let startMs = from.getTime(); startMs < to.getTime(); startMs += lengthMs) {
    parts.push({ from: new Date(startMs), to: new Date(Math.min(startMs + lengthMs, to.getTime())) });
  }
  return parts;
}
