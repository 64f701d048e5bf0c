import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AppConfig } from '../../common/config/index.js';
import { EventBus } from '../../common/events/index.js';
import { MessageSearch } from './message-search.js';
import { MysqlMessageSearch } from './mysql-message-search.js';
import { SqliteMessageSearch } from './sqlite-message-search.js';

/** Full-text search of messages, by what the database has for it. */
@Module({
  providers: [
    {
      provide: MessageSearch,
      inject: [AppConfig, getDataSourceToken(), EventBus],
      useFactory: ({ database }: AppConfig, dataSource: DataSource, events: EventBus) =>
        database.type === 'sqlite'
          ? SqliteMessageSearch.create(dataSource, database.file, events)
          : MysqlMessageSearch.create(dataSource),
    },
  ],
  exports: [MessageSearch],
})
export class MessageSearchModule {}
