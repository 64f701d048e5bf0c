import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentClaimsModule } from '../attachments/attachment-claims.module.js';
import { ChatMessageEntity } from './chat-message.entity.js';
import { ChatReactionEntity } from './chat-reaction.entity.js';
import { ChatSequenceEntity } from './chat-sequence.entity.js';
import { MessageStore } from './message-store.js';
import { FileContents } from './file-contents.js';
import { OutgoingContents } from './outgoing-contents.js';
import { SqlMessageStore } from './sql-message-store.js';

/** Where messages are; apart from the chat itself, because rooms count with it what is unread. */
@Module({
  imports: [
    TypeOrmModule.forFeature([ChatMessageEntity, ChatReactionEntity, ChatSequenceEntity]),
    AttachmentClaimsModule,
  ],
  providers: [
    { provide: MessageStore, useClass: SqlMessageStore },
    { provide: OutgoingContents, useClass: FileContents },
  ],
  exports: [MessageStore],
})
export class MessagesModule {}
