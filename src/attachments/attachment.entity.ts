import type { AttachmentId, AttachmentKind, MessageId, RoomId, UserId } from '@minimeet/protocol';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

/** A file that a message carries, or will carry. Its content lies on the disk. */
@Entity('attachment')
export class AttachmentEntity {
  @PrimaryUuidColumn() id: AttachmentId;
  @Index() @ForeignKey('RoomEntity', { onDelete: 'CASCADE' }) @UuidColumn() roomId: RoomId;
  @Index()
  @ForeignKey('UserEntity', { onDelete: 'SET NULL' })
  @UuidColumn({ nullable: true })
  uploaderId: UserId | null;
  /** Null until it is sent. No foreign key: messages may lie in another database. */
  @Index() @UuidColumn({ nullable: true }) messageId: MessageId | null;
  /** Null unless its message is about to be stored or deleted, or was when the server ended; see `AttachmentClaims`. */
  @Index() @TimeColumn({ nullable: true }) unsettledSince: Date | null;
  @Column({ type: 'varchar', length: 8 }) kind: AttachmentKind;
  @Column({ type: 'varchar', length: 255 }) fileName: string;
  /** RFC 6838. */
  @Column({ type: 'varchar', length: 127 }) mediaType: string;
  @Column({ type: 'int' }) bytes: number;
  /** Pixels of an image. */
  @Column({ type: 'int', nullable: true }) width: number | null;
  @Column({ type: 'int', nullable: true }) height: number | null;
  @Column({ type: 'boolean' }) hasPreview: boolean;
  @Column({ type: 'varchar', length: 64 }) sha256: string;
  @TimeColumn() createdAt: Date;
}
