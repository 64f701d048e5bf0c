import { Module } from '@nestjs/common';
import { MessagesModule } from '../../messages/messages.module.js';
import { MessageSearchModule } from '../../messages/search/message-search.module.js';
import { RoomsModule } from '../../rooms/rooms.module.js';
import { SearchController } from './search.controller.js';
import { SearchService } from './search.service.js';

@Module({
  imports: [MessagesModule, MessageSearchModule, RoomsModule],
  controllers: [SearchController],
  providers: [SearchService],
})
export class SearchModule {}
