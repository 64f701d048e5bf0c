import { LIMITS } from '@minimeet/protocol';
import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PrimaryUuidColumn, TimeColumn } from '../common/database/index.js';

/** That somebody reacted to a message with an emoji. */
@Entity('chat_reaction')
export class ChatReactionEntity {
  @ForeignKey('ChatMessageEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() messageId: string;
  @PrimaryColumn({ type: 'varchar', length: LIMITS.reactionLength }) reaction: string;
  @Index() @ForeignKey('UserEntity', { onDelete: 'CASCADE' }) @PrimaryUuidColumn() userId: string;
  @TimeColumn() createdAt: Date;
}
