import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

/** A file that a message carries. */
@Entity('attachment')
export class AttachmentEntity {
  @PrimaryUuidColumn() id: string;
  @Index() @ForeignKey('RoomEntity', { onDelete: 'CASCADE' }) @UuidColumn() roomId: string;
  @Index()
  @ForeignKey('UserEntity', { onDelete: 'SET NULL' })
  @UuidColumn({ nullable: true })
  uploaderId: string | null;
  /** Null until it is sent. */
  @Index()
  @ForeignKey('ChatMessageEntity', { onDelete: 'CASCADE' })
  @UuidColumn({ nullable: true })
  messageId: string | null;
  @Column({ type: 'varchar', length: 255 }) fileName: string;
  /** RFC 6838. */
  @Column({ type: 'varchar', length: 127 }) mediaType: string;
  @Column({ type: 'int' }) bytes: number;
  @Column({ type: 'varchar', length: 64 }) sha256: string;
  @TimeColumn() createdAt: Date;
}
