export { PrimaryUuidColumn, TimeColumn, UuidColumn } from './columns.js';
export { DatabaseModule } from './database.module.js';
export { insertRows } from './insert-rows.js';
export { Transactions } from './transactions.js';
