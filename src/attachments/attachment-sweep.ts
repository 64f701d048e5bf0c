import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { RoomId } from '@minimeet/protocol';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, LessThan, type Repository } from 'typeorm';
import { Transactions } from '../common/database/index.js';
import { EventBus } from '../common/events/index.js';
import { AttachmentEntity } from './attachment.entity.js';
import { AttachmentFiles } from './attachment-files.js';
import { AttachmentsService } from './attachments.service.js';

const UNSENT_MS = 24 * 60 * 60 * 1_000;
const INTERVAL_MS = 60 * 60 * 1_000;
/** Rows of one statement. */
const BATCH_ROWS = 200;

/**
 * Removes what nobody will send any more, and files without a row: those of rooms and guests that are gone, and what a crash left between
 * the disk and the database. At the start, and every hour; files of deleted messages at once.
 */
@Injectable()
export class AttachmentSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AttachmentSweep.name);
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @InjectRepository(AttachmentEntity) private readonly attachments: Repository<AttachmentEntity>,
    private readonly transactions: Transactions,
    private readonly files: AttachmentFiles,
    private readonly service: AttachmentsService,
    events: EventBus,
  ) {
    events.subscribe('chat-changed', ({ message }) => {
      if (message.deletedAt !== null) this.start(() => this.expire(new Date()));
    });
  }

  onApplicationBootstrap(): void {
    const clean = (): void => this.start(() => this.clean(new Date()));
    clean();
    this.timer = setInterval(clean, INTERVAL_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.running;
  }

  /** Removes what is too old at `now`, and what belongs to nothing. */
  async clean(now: Date): Promise<void> {
    await this.expire(now);
    for (const roomId of await this.files.rooms()) {
      if (this.stopping.signal.aborted) return;
      await this.cleanRoom(roomId);
    }
  }

  /** After what was started before. */
  private start(work: () => Promise<void>): void {
    this.running = this.running.then(work).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.warn(`Files that nobody needs are removed an hour later: ${reason}`);
    });
  }

  private async expire(now: Date): Promise<void> {
    const before = new Date(now.getTime() - UNSENT_MS);
    while (!this.stopping.signal.aborted) {
      const unsent = { messageId: IsNull(), createdAt: LessThan(before) };
      const rows = await this.attachments.find({ where: unsent, take: BATCH_ROWS });
      if (rows.length === 0) return;
      // Those that a message has claimed meanwhile stay.
      const ids = In(rows.map(({ id }) => id));
      await this.transactions.run((manager) => manager.delete(AttachmentEntity, { ...unsent, id: ids }));
      const sent = await this.attachments.find({ where: { id: ids }, select: { id: true } });
      const kept = new Set(sent.map(({ id }) => id));
      await this.service.removeFiles(rows.filter(({ id }) => !kept.has(id)));
    }
  }

  private async cleanRoom(roomId: RoomId): Promise<void> {
    const ids = await this.files.idsOf(roomId);
    for (let start = 0; start < ids.length; start += BATCH_ROWS) {
      const batch = ids.slice(start, start + BATCH_ROWS);
      // Looked at before the rows: what arrives after that has its row by the time it is no longer arriving.
      const settled = batch.filter((id) => !this.service.isArriving(id));
      const rows = await this.attachments.find({ where: { id: In(settled), roomId }, select: { id: true } });
      const known = new Set(rows.map(({ id }) => id));
      await this.service.removeFiles(settled.filter((id) => !known.has(id)).map((id) => ({ roomId, id })));
    }
  }
}
