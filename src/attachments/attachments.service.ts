import type { Attachment, AttachmentId, RoomSlug, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Request } from 'express';
import type { Repository } from 'typeorm';
import { v4 as uuid } from 'uuid';
import type { Identity } from '../auth/identity.js';
import { AppConfig } from '../common/config/index.js';
import { Transactions } from '../common/database/index.js';
import { AppError, isMissingReference } from '../common/errors/index.js';
import { EventBus } from '../common/events/index.js';
import { declaredBytes, type FileDelivery, receiveFile } from '../common/files/index.js';
import { MemberRooms } from '../rooms/member-rooms.js';
import { AttachmentEntity } from './attachment.entity.js';
import { AttachmentFiles, type AttachmentPlace } from './attachment-files.js';
import { AttachmentQuota } from './attachment-quota.js';
import { describeAttachment } from './describe-attachment.js';
import { inspect } from './inspection.js';

/** A membership may end, so a browser asks again before it shows a file that it has kept. */
const CACHE_CONTROL = 'private, no-cache';

/** The files of rooms: uploaded first, then carried by one message (see `AttachmentClaims`), removed with it. */
@Injectable()
export class AttachmentsService {
  /** Uploads whose file may be there before their row. */
  private readonly arriving = new Set<AttachmentId>();

  constructor(
    @InjectRepository(AttachmentEntity) private readonly attachments: Repository<AttachmentEntity>,
    private readonly transactions: Transactions,
    private readonly rooms: MemberRooms,
    private readonly files: AttachmentFiles,
    private readonly quota: AttachmentQuota,
    private readonly config: AppConfig,
    events: EventBus,
  ) {
    events.subscribe('room-deleted', ({ roomId }) => files.removeRoom(roomId));
  }

  /**
   * Stores a member's file.
   * @throws AppError as `receiveFile`, and NOT_FOUND, FORBIDDEN, LIMIT_EXCEEDED, STORAGE_FULL
   */
  async upload(identity: Identity, slug: RoomSlug, request: Request): Promise<Attachment> {
    const roomId = await this.rooms.idOf(identity, slug);
    const { userId } = identity;
    const { attachmentMaxBytes: maxBytes } = this.config;
    const endClaim = await this.quota.claim({ roomId, userId, bytes: mostBytes(request, maxBytes) });
    const place = { roomId, id: uuid() };
    this.arriving.add(place.id);
    try {
      return describeAttachment(await this.receive(request, place, { userId, maxBytes }));
    } catch (error) {
      await this.files.remove(place);
      throw error;
    } finally {
      this.arriving.delete(place.id);
      endClaim();
    }
  }

  isArriving(id: AttachmentId): boolean {
    return this.arriving.has(id);
  }

  /** A file for a member: one's own, or one that a message carries. @throws AppError NOT_FOUND, FORBIDDEN */
  async deliver(
    identity: Identity,
    slug: RoomSlug,
    id: AttachmentId,
    part: 'file' | 'preview' = 'file',
  ): Promise<FileDelivery> {
    const roomId = await this.rooms.idOf(identity, slug);
    const row = await this.attachments.findOneBy({ id, roomId });
    if (!row || (row.messageId === null && row.uploaderId !== identity.userId)) throw noSuchFile();
    if (part === 'preview' && !row.hasPreview) throw new AppError('NOT_FOUND', 'There is no preview of this file.');
    const { fileName, mediaType, sha256 } = row;
    const common = { root: this.files.root, path: this.files.relative(row, part), cacheControl: CACHE_CONTROL };
    return part === 'preview'
      ? { ...common, fileName: `${fileName}.webp`, mediaType: 'image/webp', etag: `${sha256}-preview` }
      : { ...common, fileName, mediaType, etag: sha256 };
  }

  /** Removes files whose rows are gone. A crash before it leaves files that the sweep finds. */
  async removeFiles(places: AttachmentPlace[]): Promise<void> {
    for (const place of places) await this.files.remove(place);
  }

  private async receive(
    request: Request,
    place: AttachmentPlace,
    { userId, maxBytes }: { userId: UserId; maxBytes: number },
  ): Promise<AttachmentEntity> {
    const incoming = this.files.incoming(place.id);
    const received = await receiveFile(request, { path: incoming, maxBytes });
    const { preview, ...inspected } = await inspect(incoming);
    await this.files.keep(place, preview);
    const row: AttachmentEntity = {
      ...place,
      ...received,
      ...inspected,
      hasPreview: preview !== null,
      uploaderId: userId,
      messageId: null,
      unsettledSince: null,
      createdAt: new Date(),
    };
    try {
      await this.transactions.run((manager) => manager.insert(AttachmentEntity, { ...row }));
    } catch (error) {
      if (isMissingReference(error)) throw new AppError('NOT_FOUND', 'The room was deleted meanwhile.');
      throw error;
    }
    return row;
  }
}

/** The most that an upload can take, by what its header says. */
function mostBytes(request: Request, maxBytes: number): number {
  const declared = declaredBytes(request);
  return declared > 0 && declared < maxBytes ? declared : maxBytes;
}

function noSuchFile(): AppError {
  return new AppError('NOT_FOUND', 'There is no such file in this room.');
}
