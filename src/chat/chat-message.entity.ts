import type { MessageContent } from '@minimeet/protocol';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

@Entity('chat_message')
@Index(['roomId', 'sequence'], { unique: true })
export class ChatMessageEntity {
  /** The sender's own UUID. */
  @PrimaryUuidColumn() id: string;
  @ForeignKey('RoomEntity', { onDelete: 'CASCADE' }) @UuidColumn() roomId: string;
  /** Order in the room: 1, 2, 3 … */
  @Column({ type: 'int' }) sequence: number;
  @Index()
  @ForeignKey('UserEntity', { onDelete: 'SET NULL' })
  @UuidColumn({ nullable: true })
  senderId: string | null;
  /** As it was when they wrote. */
  @Column({ type: 'varchar', length: 128 }) senderName: string;
  @Column({ type: 'simple-json' }) content: MessageContent;
  /** The words of the content, to search in; null when it has none. */
  @Column({ type: 'text', nullable: true }) searchText: string | null;
  @TimeColumn() sentAt: Date;
}
