import { LIMITS, type RoomId, type UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, type Repository } from 'typeorm';
import { AppConfig } from '../common/config/index.js';
import { AppError } from '../common/errors/index.js';
import { assertDiskHasSpace } from '../common/files/index.js';
import { AttachmentEntity } from './attachment.entity.js';

/** An upload that goes on now, with the most that it can take. */
interface Upload {
  roomId: RoomId;
  userId: UserId;
  bytes: number;
}

/** Limits uploads by person, room and disk. Uploads that go on now count as if they were there. */
@Injectable()
export class AttachmentQuota {
  private readonly running = new Set<Upload>();

  constructor(
    @InjectRepository(AttachmentEntity) private readonly attachments: Repository<AttachmentEntity>,
    private readonly config: AppConfig,
  ) {}

  /**
   * @returns a function for the upload's end, whether it is stored or given up.
   * @throws AppError LIMIT_EXCEEDED, STORAGE_FULL
   */
  async claim(upload: Upload): Promise<() => void> {
    this.running.add(upload);
    // Taken before the database is asked: an upload that is stored meanwhile counts twice rather than not at all.
    const running = [...this.running];
    try {
      await Promise.all([
        this.assertFew(upload, running),
        this.assertRoomHasSpace(upload, running),
        assertDiskHasSpace(this.config, totalBytes(running)),
      ]);
    } catch (error) {
      this.running.delete(upload);
      throw error;
    }
    return () => this.running.delete(upload);
  }

  private async assertFew({ userId }: Upload, running: Upload[]): Promise<void> {
    const unsent = await this.attachments.countBy({ uploaderId: userId, messageId: IsNull() });
    if (unsent + running.filter((other) => other.userId === userId).length <= LIMITS.unsentAttachments) return;
    const sentence = `You have ${LIMITS.unsentAttachments} files that you have not sent; send them, or wait a day.`;
    throw new AppError('LIMIT_EXCEEDED', sentence);
  }

  private async assertRoomHasSpace({ roomId }: Upload, running: Upload[]): Promise<void> {
    const stored = (await this.attachments.sum('bytes', { roomId })) ?? 0;
    if (
      Number(stored) + totalBytes(running.filter((other) => other.roomId === roomId)) <=
      this.config.attachmentRoomBytes
    )
      return;
    throw new AppError('STORAGE_FULL', 'The room has no more space for files; delete some that nobody needs.');
  }
}

function totalBytes(uploads: Upload[]): number {
  return uploads.reduce((sum, { bytes }) => sum + bytes, 0);
}
