import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { AfterQueryEvent, BeforeQueryEvent, DataSource, EntitySubscriberInterface, QueryRunner } from 'typeorm';
import { EventBus } from '../events/index.js';

/**
 * Publishes the duration of each statement. TypeORM measures only statements that succeed, so the time is taken here.
 */
@Injectable()
export class QueryWatch implements EntitySubscriberInterface {
  /** A query runner has one connection, which runs one statement after another. */
  private readonly startedAtMs = new WeakMap<QueryRunner, number>();

  constructor(
    @InjectDataSource() dataSource: DataSource,
    private readonly events: EventBus,
  ) {
    dataSource.subscribers.push(this);
  }

  beforeQuery({ queryRunner }: BeforeQueryEvent): void {
    this.startedAtMs.set(queryRunner, performance.now());
  }

  afterQuery({ queryRunner, success }: AfterQueryEvent): void {
    const startedAtMs = this.startedAtMs.get(queryRunner);
    if (startedAtMs === undefined) return;
    this.events.publish('database-queried', { durationMs: performance.now() - startedAtMs, succeeded: success });
  }
}
