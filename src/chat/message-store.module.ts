import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentEntity } from './attachment.entity.js';
import { ChatMessageEntity } from './chat-message.entity.js';
import { ChatReactionEntity } from './chat-reaction.entity.js';
import { ChatSequenceEntity } from './chat-sequence.entity.js';
import { MessageStore } from './message-store.js';
import { OutgoingContents, TextContents } from './outgoing-contents.js';
import { SqlMessageStore } from './sql-message-store.js';

/** Where messages are; apart from the chat itself, because rooms count with it what is unread. */
@Module({
  imports: [TypeOrmModule.forFeature([ChatMessageEntity, ChatReactionEntity, ChatSequenceEntity, AttachmentEntity])],
  providers: [
    { provide: MessageStore, useClass: SqlMessageStore },
    { provide: OutgoingContents, useClass: TextContents },
  ],
  exports: [MessageStore],
})
export class MessageStoreModule {}
