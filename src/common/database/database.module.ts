import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppConfig } from '../config/index.js';
import { databaseOptions } from './database-options.js';
import { QueryWatch } from './query-watch.js';
import { Transactions } from './transactions.js';

@Global()
@Module({
  imports: [TypeOrmModule.forRootAsync({ inject: [AppConfig], useFactory: databaseOptions })],
  providers: [QueryWatch, Transactions],
  exports: [Transactions],
})
export class DatabaseModule {}
