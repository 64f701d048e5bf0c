import { LIMITS, type MessageId, type UserId } from '@minimeet/protocol';
import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn } from '../common/database/index.js';

/** One person's reaction to a message with one emoji. */
@Entity('chat_reaction')
export class ChatReactionEntity {
  @ForeignKey('ChatMessageEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() messageId: MessageId;
  @PrimaryColumn({ type: 'varchar', length: LIMITS.reactionLength }) reaction: string;
  @Index() @ForeignKey('UserEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() userId: UserId;
  @TimeColumn() createdAt: Date;
}
