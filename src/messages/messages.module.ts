import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChatMessageEntity } from './chat-message.entity.js';
import { ChatReactionEntity } from './chat-reaction.entity.js';
import { ChatSequenceEntity } from './chat-sequence.entity.js';
import { MessageStore } from './message-store.js';
import { SqlMessageStore } from './sql-message-store.js';

/** The messages of all rooms; below the chat, because rooms count with them what is unread. */
@Module({
  imports: [TypeOrmModule.forFeature([ChatMessageEntity, ChatReactionEntity, ChatSequenceEntity])],
  providers: [{ provide: MessageStore, useClass: SqlMessageStore }],
  exports: [MessageStore],
})
export class MessagesModule {}
