import type { RoomId } from '@minimeet/protocol';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Transactions } from '../common/database/index.js';
import { EventBus, type StayFacts } from '../common/events/index.js';
import { CallParticipationEntity } from './call-participation.entity.js';
import { CallSessionEntity } from './call-session.entity.js';

/** A call that goes on. */
interface OpenCall {
  sessionId: string;
  startedAt: Date;
  participants: Set<string>;
  /** Its row was written; otherwise the next join tries again. */
  isStored: boolean;
}

/** Writes down who was in which call and when. It only listens: what it cannot write is logged, and the call goes on. */
@Injectable()
export class CallRecorder implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(CallRecorder.name);
  private readonly open = new Map<RoomId, OpenCall>();
  /** One after the other, so that nobody leaves in the database before they joined. */
  private writes: Promise<void> = Promise.resolve();

  constructor(
    private readonly transactions: Transactions,
    events: EventBus,
  ) {
    events.subscribe('participant-joined', (facts) => this.joined(facts));
    events.subscribe('participant-left', (facts) => this.left(facts));
    events.subscribe('room-deleted', ({ roomId }) => void this.open.delete(roomId));
  }

  /** After a crash calls are left open that nobody is in. */
  async onModuleInit(): Promise<void> {
    const at = new Date();
    await this.transactions.run(async (manager) => {
      await manager.update(CallParticipationEntity, { leftAt: IsNull() }, { leftAt: at, leaveReason: 'timed-out' });
      await manager.update(CallSessionEntity, { endedAt: IsNull() }, { endedAt: at });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.writes;
  }

  private joined({ roomId, participantId, userId, displayName, at }: StayFacts): void {
    const known = this.open.get(roomId);
    const call = known ?? { sessionId: uuid(), startedAt: at, participants: new Set(), isStored: false };
    this.open.set(roomId, call);
    call.participants.add(participantId);
    const { sessionId, startedAt } = call;
    this.write('A join', async () => {
      await this.transactions.run(async (manager) => {
        if (!call.isStored)
          await manager.insert(CallSessionEntity, { id: sessionId, roomId, startedAt, endedAt: null });
        const stay = {
          id: participantId,
          sessionId,
          userId,
          displayName,
          joinedAt: at,
          leftAt: null,
          leaveReason: null,
        };
        await manager.insert(CallParticipationEntity, stay);
      });
      call.isStored = true;
    });
  }

  private left({
    roomId,
    participantId,
    reason,
    at,
  }: StayFacts & { reason: CallParticipationEntity['leaveReason'] }): void {
    const call = this.open.get(roomId);
    if (!call?.participants.delete(participantId)) return;
    const isOver = call.participants.size === 0;
    if (isOver) this.open.delete(roomId);
    this.write('A departure', () =>
      this.transactions.run(async (manager) => {
        await manager.update(CallParticipationEntity, { id: participantId }, { leftAt: at, leaveReason: reason });
        if (isOver) await manager.update(CallSessionEntity, { id: call.sessionId }, { endedAt: at });
      }),
    );
  }

  private write(what: string, work: () => Promise<void>): void {
    this.writes = this.writes.then(work).catch((error: unknown) => {
      this.logger.warn(
        `${what} is missing in the call history: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }
}
