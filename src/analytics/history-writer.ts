import { Injectable } from '@nestjs/common';
import type { EntityManager, EntityTarget, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';
import { Transactions } from '../common/database/index.js';
import { CallEventEntity } from './call-event.entity.js';
import { CallParticipationEntity } from './call-participation.entity.js';
import { CallSessionEntity } from './call-session.entity.js';
import type { Batch } from './history-buffer.js';
import { QualitySampleEntity } from './quality-sample.entity.js';

/** Rows of one statement: databases bound how many values one may have. */
const ROWS_PER_STATEMENT = 500;

/** The columns of a stay that change after it began. */
const CHANGING = [
  'leftAt',
  'leaveReason',
  'networkPath',
  'joinPhases',
  'speakingMs',
  'reconnects',
  'quality',
] as const satisfies readonly (keyof CallParticipationEntity)[];

/** Writes batches of the call history. A batch may be written twice: a commit may happen whose answer is lost. */
@Injectable()
export class HistoryWriter {
  constructor(private readonly transactions: Transactions) {}

  /** In one transaction. */
  write({ sessions, stays, events, samples }: Batch): Promise<void> {
    const stayRows = [...stays.values()].map((stay) => stay.row());
    return this.transactions.run(async (manager) => {
      await put(manager, CallSessionEntity, [...sessions.values()], { key: ['id'], overwrite: ['endedAt'] });
      await put(manager, CallParticipationEntity, stayRows, { key: ['id'], overwrite: CHANGING });
      await put(manager, CallEventEntity, events.map(rowOf), { key: ['id'], overwrite: ['at'] });
      const key = ['participationId', 'at', 'direction'] as const;
      await put(manager, QualitySampleEntity, samples.map(rowOf), { key, overwrite: ['quality'] });
    });
  }

  /**
   * Ends the calls that a crash left open and that nobody is in. They end with their last sample, the last sign of life
   * in the database, or with the join if there is none.
   */
  closeAbandoned(): Promise<void> {
    return this.transactions.run(async (manager) => {
      const lastSample = manager
        .createQueryBuilder(QualitySampleEntity, 'sample')
        .select('MAX(sample.at)')
        .where('sample.participationId = call_participation.id');
      await manager
        .createQueryBuilder()
        .update(CallParticipationEntity)
        .set({ leftAt: () => `COALESCE((${lastSample.getQuery()}), joinedAt)`, leaveReason: 'timed-out' })
        .where('leftAt IS NULL')
        .execute();
      const lastOneOut = manager
        .createQueryBuilder(CallParticipationEntity, 'stay')
        .select('MAX(stay.leftAt)')
        .where('stay.sessionId = call_session.id');
      await manager
        .createQueryBuilder()
        .update(CallSessionEntity)
        .set({ endedAt: () => `COALESCE((${lastOneOut.getQuery()}), startedAt)` })
        .where('endedAt IS NULL')
        .execute();
    });
  }
}

function rowOf<Row>({ row }: { row: Row }): Row {
  return row;
}

/** Inserts rows; updates the columns `overwrite` of those that are there already. */
async function put<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  rows: QueryDeepPartialEntity<Row>[],
  { key, overwrite }: { key: readonly (keyof Row & string)[]; overwrite: readonly (keyof Row & string)[] },
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await manager
      .createQueryBuilder()
      .insert()
      .into(entity)
      .values(rows.slice(start, start + ROWS_PER_STATEMENT))
      .orUpdate([...overwrite], [...key])
      .updateEntity(false)
      .execute();
  }
}
