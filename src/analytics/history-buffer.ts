import type { CallEventEntity } from './call-event.entity.js';
import type { CallSessionEntity } from './call-session.entity.js';
import type { OngoingStay } from './ongoing-stay.js';
import type { QualitySampleEntity } from './quality-sample.entity.js';

/** A row, and the call that it belongs to. */
interface OfCall<Row> {
  sessionId: string;
  row: Row;
}

/** Rows not in the database yet, referenced ones first. Sessions and stays are written as they are by then. */
export interface Batch {
  sessions: Map<string, CallSessionEntity>;
  stays: Map<string, OngoingStay>;
  events: OfCall<CallEventEntity>[];
  samples: OfCall<QualitySampleEntity>[];
}

/** Rows of each kind. 300 people make 60 samples a second: a quarter of an hour without a database, some 15 MB. */
const MAX_ROWS = 50_000;
/** Events and samples of one write. */
const BATCH_ROWS = 2_000;

function emptyBatch(): Batch {
  return { sessions: new Map(), stays: new Map(), events: [], samples: [] };
}

export function sizeOf({ sessions, stays, events, samples }: Batch): number {
  return sessions.size + stays.size + events.length + samples.length;
}

/** Rows that wait for the next write. When the database takes nothing, the newest rows are kept, up to a bound. */
export class HistoryBuffer {
  private batch = emptyBatch();

  /** @param drop is told how many rows were given up. */
  constructor(
    private readonly drop: (rows: number) => void,
    private readonly maxRows = MAX_ROWS,
  ) {}

  get size(): number {
    return sizeOf(this.batch);
  }

  session(row: CallSessionEntity): void {
    this.batch.sessions.set(row.id, row);
    this.bound();
  }

  /** Something about the stay is new. */
  stay(stay: OngoingStay): void {
    this.batch.stays.set(stay.id, stay);
    this.bound();
  }

  event(sessionId: string, row: CallEventEntity): void {
    this.batch.events.push({ sessionId, row });
    this.bound();
  }

  sample(sessionId: string, row: QualitySampleEntity): void {
    this.batch.samples.push({ sessionId, row });
    this.bound();
  }

  /** Takes the oldest waiting rows and those they refer to. The caller writes them, gives them back or drops them. */
  take(): Batch {
    const { sessions, stays, events, samples } = this.batch;
    const taken = { sessions, stays, events: events.slice(0, BATCH_ROWS), samples: samples.slice(0, BATCH_ROWS) };
    this.batch = { ...emptyBatch(), events: events.slice(BATCH_ROWS), samples: samples.slice(BATCH_ROWS) };
    return taken;
  }

  /** Puts rows back for the next write; they are older than those that have come since. */
  giveBack(older: Batch): void {
    const newer = this.batch;
    this.batch = {
      sessions: new Map([...older.sessions, ...newer.sessions]),
      stays: new Map([...older.stays, ...newer.stays]),
      events: [...older.events, ...newer.events],
      samples: [...older.samples, ...newer.samples],
    };
    this.bound();
  }

  /** The call's room is gone, and nothing can refer to it any more. */
  forget(sessionId: string): void {
    const { sessions, stays, events, samples } = this.batch;
    const isOther = (item: { sessionId: string }) => item.sessionId !== sessionId;
    sessions.delete(sessionId);
    this.batch = {
      sessions,
      stays: new Map([...stays].filter(([, stay]) => isOther(stay))),
      events: events.filter(isOther),
      samples: samples.filter(isOther),
    };
  }

  private bound(): void {
    for (const rows of [this.batch.sessions, this.batch.stays]) {
      for (const oldest of rows.keys()) {
        if (rows.size <= this.maxRows) break;
        rows.delete(oldest);
        this.drop(1);
      }
    }
    for (const rows of [this.batch.events, this.batch.samples]) {
      // A tenth at once, since moving a long list is as dear for one row as for many.
      if (rows.length > this.maxRows) {
        const excess = rows.length - Math.floor(this.maxRows * 0.9);
        rows.splice(0, excess);
        this.drop(excess);
      }
    }
  }
}

/** Splits a batch, so that one part can fail without the others: one part a call, and then one a kind of rows. */
export function partsOf(batch: Batch): Batch[] {
  const calls = new Map<string, Batch>();
  const callOf = (sessionId: string): Batch => {
    const known = calls.get(sessionId) ?? emptyBatch();
    calls.set(sessionId, known);
    return known;
  };
  for (const [id, row] of batch.sessions) callOf(id).sessions.set(id, row);
  for (const [id, stay] of batch.stays) callOf(stay.sessionId).stays.set(id, stay);
  for (const item of batch.events) callOf(item.sessionId).events.push(item);
  for (const item of batch.samples) callOf(item.sessionId).samples.push(item);
  return [...calls.values()].flatMap(({ sessions, stays, events, samples }) =>
    [
      { ...emptyBatch(), sessions, stays },
      { ...emptyBatch(), events },
      { ...emptyBatch(), samples },
    ].filter((part) => sizeOf(part) > 0),
  );
}
