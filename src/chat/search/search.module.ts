import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AppConfig } from '../../common/config/index.js';
import { EventBus } from '../../common/events/index.js';
import { RoomsModule } from '../../rooms/rooms.module.js';
import { MessagesModule } from '../../messages/messages.module.js';
import { MessageSearch } from '../../messages/search/message-search.js';
import { MysqlMessageSearch } from '../../messages/search/mysql-message-search.js';
import { SearchController } from './search.controller.js';
import { SearchService } from './search.service.js';
import { SqliteMessageSearch } from '../../messages/search/sqlite-message-search.js';

/** Full-text search of messages, by what the database has for it. */
@Module({
  imports: [MessagesModule, RoomsModule],
  controllers: [SearchController],
  providers: [
    SearchService,
    {
      provide: MessageSearch,
      inject: [AppConfig, getDataSourceToken(), EventBus],
      useFactory: ({ database }: AppConfig, dataSource: DataSource, events: EventBus) =>
        database.type === 'sqlite'
          ? SqliteMessageSearch.create(dataSource, database.file, events)
          : MysqlMessageSearch.create(dataSource),
    },
  ],
})
export class SearchModule {}
