import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import type { TypeOrmModuleOptions } from '@nestjs/typeorm';
import type { AppConfig } from '../config/index.js';
import { CreateTables1763900000000 } from './migrations/1763900000000-create-tables.js';
import { CallAnalytics1764000000000 } from './migrations/1764000000000-call-analytics.js';
import { Chat1764200000000 } from './migrations/1764200000000-chat.js';
import { Files1764300000000 } from './migrations/1764300000000-files.js';
import { MessageSearch1764400000000 } from './migrations/1764400000000-message-search.js';
import { Rooms1764500000000 } from './migrations/1764500000000-rooms.js';
import { Moderation1764600000000 } from './migrations/1764600000000-moderation.js';
import { AttachmentClaims1764700000000 } from './migrations/1764700000000-attachment-claims.js';

/** Maximum time for which a statement waits for a lock of another process. */
const BUSY_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** A database that starts beside this server may take a while. */
const CONNECT_ATTEMPTS = 20;
const RETRY_DELAY_MS = 1_500;

/** Options for SQLite, or for MySQL and MariaDB. Only migrations change the schema. */
export function databaseOptions({ database }: Pick<AppConfig, 'database'>): TypeOrmModuleOptions {
  const common = {
    autoLoadEntities: true,
    synchronize: false,
    migrations: [
      CreateTables1763900000000,
      CallAnalytics1764000000000,
      Chat1764200000000,
      Files1764300000000,
      MessageSearch1764400000000,
      Rooms1764500000000,
      Moderation1764600000000,
      AttachmentClaims1764700000000,
    ],
    migrationsRun: true,
  };
  if (database.type === 'mysql') {
    return {
      ...common,
      type: database.url.startsWith('mariadb:') ? 'mariadb' : 'mysql',
      url: database.url,
      charset: 'utf8mb4',
      timezone: 'Z',
      connectTimeout: CONNECT_TIMEOUT_MS,
      retryAttempts: CONNECT_ATTEMPTS,
      retryDelay: RETRY_DELAY_MS,
    };
  }
  mkdirSync(path.dirname(database.file), { recursive: true, mode: 0o700 });
  return {
    ...common,
    type: 'better-sqlite3',
    database: database.file,
    enableWAL: true,
    timeout: BUSY_TIMEOUT_MS,
    // The next attempt would fail as this one did.
    retryAttempts: 1,
    // Durable enough with WAL: a power cut may lose the last transactions, but never damages the file.
    prepareDatabase: (db: { pragma: (text: string) => void }) => db.pragma('synchronous = NORMAL'),
  };
}
