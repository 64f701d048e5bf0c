import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppConfig } from '../config/index.js';
import { databaseOptions } from './database-options.js';
import { Transactions } from './transactions.js';

@Global()
@Module({
  imports: [TypeOrmModule.forRootAsync({ inject: [AppConfig], useFactory: databaseOptions })],
  providers: [Transactions],
  exports: [Transactions],
})
export class DatabaseModule {}
