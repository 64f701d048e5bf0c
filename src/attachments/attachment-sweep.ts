import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { RoomId } from '@minimeet/protocol';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, LessThan, type Repository } from 'typeorm';
import { Transactions } from '../common/database/index.js';
import { SerialQueue } from '../common/serial-queue.js';
import { AttachmentEntity } from './attachment.entity.js';
import { AttachmentClaims } from './attachment-claims.js';
import { AttachmentFiles } from './attachment-files.js';
import { AttachmentsService } from './attachments.service.js';

const UNSENT_MS = 24 * 60 * 60 * 1_000;
const INTERVAL_MS = 60 * 60 * 1_000;
/** Longer than any request takes, whatever it waits for. */
const UNSETTLED_MS = 10 * 60 * 1_000;
/** Rows of one statement. */
const BATCH_ROWS = 200;

/**
 * Settles ties that a crash left unsettled, and removes files that nobody has sent within a day and files without a
 * row. Gone rooms and guests leave such files, and crashes between the disk and the database. The sweep runs at the
 * start and every hour.
 */
@Injectable()
export class AttachmentSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AttachmentSweep.name);
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private readonly queue = new SerialQueue();

  constructor(
    @InjectRepository(AttachmentEntity) private readonly attachments: Repository<AttachmentEntity>,
    private readonly transactions: Transactions,
    private readonly files: AttachmentFiles,
    private readonly service: AttachmentsService,
    private readonly claims: AttachmentClaims,
  ) {}

  onApplicationBootstrap(): void {
    this.start();
    this.timer = setInterval(() => this.start(), INTERVAL_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.queue.run(() => Promise.resolve());
  }

  /** Settles and removes by age at `now`, and removes files without a row. */
  async clean(now: Date): Promise<void> {
    await this.settle(now);
    await this.expire(now);
    for (const roomId of await this.files.rooms()) {
      if (this.stopping.signal.aborted) return;
      await this.cleanRoom(roomId);
    }
  }

  private start(): void {
    this.queue
      .run(() => this.clean(new Date()))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.logger.warn(`Files that nobody needs are removed an hour later: ${reason}`);
      });
  }

  private async settle(now: Date): Promise<void> {
    const before = new Date(now.getTime() - UNSETTLED_MS);
    while (!this.stopping.signal.aborted && (await this.claims.settleOlder(before)) > 0);
  }

  private async expire(now: Date): Promise<void> {
    const before = new Date(now.getTime() - UNSENT_MS);
    while (!this.stopping.signal.aborted) {
      const unsent = { messageId: IsNull(), createdAt: LessThan(before) };
      const rows = await this.attachments.find({ where: unsent, take: BATCH_ROWS });
      if (rows.length === 0) return;
      // Files that a message has claimed meanwhile stay.
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
      // This look comes before the rows: a file that arrives later has its row by the time it is no longer arriving.
      const settled = batch.filter((id) => !this.service.isArriving(id));
      const rows = await this.attachments.find({ where: { id: In(settled), roomId }, select: { id: true } });
      const known = new Set(rows.map(({ id }) => id));
      await this.service.removeFiles(settled.filter((id) => !known.has(id)).map((id) => ({ roomId, id })));
    }
  }
}
