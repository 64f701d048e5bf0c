/**
 * A value that has been read from the database. `take` adds what has changed since, so that a caller who begins to listen in the same turn
 * misses nothing.
 */
export interface Reading<Value> {
  take(): Value;
}
