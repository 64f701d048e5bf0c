import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChatMessage, MessageId, RoomId } from '@minimeet/protocol';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { AppError, isDatabaseDown } from '../common/errors/index.js';
import { EventBus } from '../common/events/index.js';
import { type MessageChange, MessageStore, type Outcome } from '../messages/message-store.js';

/** Changes in one transaction; their notifications leave in one go, and nothing else happens meanwhile. */
const MAX_BATCH = 64;
/** Changes that wait for a database that does not answer. */
const MAX_WAITING = 5_000;
/** Messages of which nobody knows whether they were stored when the database went away. */
const MAX_UNCERTAIN = 10_000;

/** A change as it is stored now. `changed: false`: it was so already. */
export interface Written {
  message: ChatMessage;
  changed: boolean;
}

interface WaitingChange {
  change: MessageChange;
  origin: string | null;
  resolve: (written: Written) => void;
  reject: (error: unknown) => void;
}

/**
 * Writes to chats. A room's changes are committed one after another, and told in that order. Changes that come in one
 * turn of the event loop, or while the transaction before them runs, share one, and its cost.
 */
@Injectable()
export class MessageWriter implements BeforeApplicationShutdown {
  private readonly lanes = new Map<RoomId, WaitingChange[]>();
  private readonly running = new Set<Promise<void>>();
  private readonly uncertain = new Set<MessageId>();

  constructor(
    private readonly store: MessageStore,
    private readonly events: EventBus,
  ) {}

  /**
   * Resolves after the change is committed and told to others.
   * @param origin - the connection that asks, which hears of it by its answer
   * @throws AppError, or what the database threw
   */
  write(roomId: RoomId, change: MessageChange, origin: string | null = null): Promise<Written> {
    return new Promise((resolve, reject) => {
      const waiting = { change, origin, resolve, reject };
      const lane = this.lanes.get(roomId);
      if (!lane) this.open(roomId, waiting);
      else if (lane.length < MAX_WAITING) lane.push(waiting);
      else reject(new AppError('DATABASE_UNAVAILABLE', 'Too many messages wait for the database; try again.'));
    });
  }

  /** Requests that came before the end are stored before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private open(roomId: RoomId, first: WaitingChange): void {
    const lane = [first];
    this.lanes.set(roomId, lane);
    const work = this.workOff(roomId, lane).finally(() => this.running.delete(work));
    this.running.add(work);
  }

  private async workOff(roomId: RoomId, lane: WaitingChange[]): Promise<void> {
    while (lane.length > 0) {
      // Lets the other requests of this turn come in, and after a batch those that waited for it.
      await nextTurn();
      await this.commit(roomId, lane.splice(0, MAX_BATCH));
    }
    this.lanes.delete(roomId);
  }

  private async commit(roomId: RoomId, batch: readonly WaitingChange[]): Promise<void> {
    let outcomes: Outcome[];
    try {
      outcomes = await this.store.write(
        roomId,
        batch.map(({ change }) => change),
      );
    } catch (failure) {
      outcomes = batch.map(() => ({ failure }));
    }
    batch.forEach((waiting, i) => this.settle(waiting, outcomes[i] ?? { failure: new Error('no outcome') }));
  }

  private settle({ change, origin, resolve, reject }: WaitingChange, outcome: Outcome): void {
    if ('failure' in outcome) {
      if (change.kind === 'append' && isDatabaseDown(outcome.failure)) this.remember(change.id);
      reject(outcome.failure);
      return;
    }
    const { message, changed } = outcome;
    if (change.kind === 'append') {
      // It may have been stored by an attempt whose answer was lost: then nobody has heard of it yet.
      const isNews = this.uncertain.delete(message.id) || changed;
      if (isNews) this.events.publish('chat-stored', { message, origin });
    } else if (changed) {
      this.events.publish('chat-changed', { message, origin });
    }
    resolve({ message, changed });
  }

  private remember(id: MessageId): void {
    this.uncertain.add(id);
    const [oldest] = this.uncertain;
    if (this.uncertain.size > MAX_UNCERTAIN && oldest !== undefined) this.uncertain.delete(oldest);
  }
}
