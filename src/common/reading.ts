/**
 * A value read from the database. `take` adds the changes since, so that a caller who begins to listen in the same turn
 * misses nothing.
 */
export interface Reading<Value> {
  take(): Value;
}
