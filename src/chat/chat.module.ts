import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../attachments/attachments.module.js';
import { RoomsModule } from '../rooms/rooms.module.js';
import { UsersModule } from '../users/users.module.js';
import { CarriedFiles } from './carried-files.js';
import { ChatAccess } from './chat-access.js';
import { ChatController } from './chat.controller.js';
import { ChatService } from './chat.service.js';
import { MessagesModule } from '../messages/messages.module.js';
import { MessageWriter } from './message-writer.js';
import { RecentChanges } from './recent-changes.js';
import { RoomNews } from './room-news.js';

@Module({
  imports: [AttachmentsModule, MessagesModule, RoomsModule, UsersModule],
  controllers: [ChatController],
  providers: [CarriedFiles, ChatAccess, ChatService, MessageWriter, RecentChanges, RoomNews],
  exports: [ChatAccess, ChatService],
})
export class ChatModule {}
