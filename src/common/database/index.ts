export { PrimaryUuidColumn, TimeColumn, UuidColumn } from './columns.js';
export { DatabaseModule } from './database.module.js';
export { insertRows } from './insert-rows.js';
export { type Tell, Transactions } from './transactions.js';
