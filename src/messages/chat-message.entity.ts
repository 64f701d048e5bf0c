import type { MessageContent, MessageId, RoomId, UserId } from '@minimeet/protocol';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn, UuidColumn } from '../common/database/index.js';

@Entity('chat_message')
@Index(['roomId', 'sequence'], { unique: true })
@Index(['senderId', 'roomId', 'sequence'])
@Index(['roomId', 'isQuiet', 'sequence'])
// MySQL's full-text index, which only the migration can make; SQLite's is a table of its own.
@Index('IDX_chat_message_search', { synchronize: false })
export class ChatMessageEntity {
  /** The sender's own UUID. */
  @PrimaryUuidColumn() id: MessageId;
  @ForeignKey('RoomEntity', { onDelete: 'CASCADE' }) @UuidColumn() roomId: RoomId;
  /** Order in the room: 1, 2, 3 … */
  @Column({ type: 'int' }) sequence: number;
  @ForeignKey('UserEntity', { onDelete: 'SET NULL' })
  @UuidColumn({ nullable: true })
  senderId: UserId | null;
  /** As it was when they wrote. */
  @Column({ type: 'varchar', length: 128 }) senderName: string;
  @Column({ type: 'simple-json' }) content: MessageContent;
  /** The words of the content as the search's index takes them (see `indexText`); null when it has none. */
  @Column({ type: 'text', nullable: true }) searchText: string | null;
  /** A message of the same room; messages are never removed alone, so it is no foreign key. */
  @UuidColumn({ nullable: true }) replyToId: MessageId | null;
  @Column({ type: 'simple-json', nullable: true }) mentions: UserId[] | null;
  @TimeColumn() sentAt: Date;
  @TimeColumn({ nullable: true }) editedAt: Date | null;
  @TimeColumn({ nullable: true }) deletedAt: Date | null;
  /** Deleted or the system's: nobody has to read it. */
  @Column({ type: 'boolean', default: false }) isQuiet: boolean;
}
