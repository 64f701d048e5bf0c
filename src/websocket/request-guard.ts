import { LIMITS, REQUEST_NAMES } from '@minimeet/protocol';
import type { Event } from 'socket.io';
import { AppError, toErrorReply } from '../common/errors/index.js';
import type { MeetingSocket } from './meeting-socket.js';
import { reply } from './reply.js';
import { TokenBucket } from './token-bucket.js';

const KNOWN: ReadonlySet<string> = new Set(REQUEST_NAMES);

/** Looks at each request of a connection before its handler does: its name, its size and how many came before it. */
export function guardRequests(socket: MeetingSocket): void {
  const bucket = new TokenBucket(LIMITS.requestBurst, LIMITS.requestsPerSecond);
  let receivedBytes = 0;
  socket.conn.on('packet', ({ data }: { data?: unknown }) => {
    if (typeof data === 'string' || Buffer.isBuffer(data)) receivedBytes += data.length;
  });

  socket.use((event: Event, next) => {
    const bytes = receivedBytes;
    receivedBytes = 0;
    const refusal = refuse(event, bytes, bucket);
    if (refusal) reply(event.slice(1), { ok: false, error: toErrorReply(refusal) });
    else next();
  });
}

function refuse([name, ...args]: Event, bytes: number, bucket: TokenBucket): AppError | undefined {
  if (!bucket.take()) {
    return new AppError('RATE_LIMITED', `More than ${LIMITS.requestsPerSecond} requests a second; wait a moment.`);
  }
  if (bytes > LIMITS.messageBytes) {
    return new AppError('PAYLOAD_TOO_LARGE', `A request may have ${LIMITS.messageBytes} bytes; this one had ${bytes}.`);
  }
  if (!KNOWN.has(name)) {
    return new AppError('UNKNOWN_EVENT', 'There is no request of this name.');
  }
  if (args.filter((arg) => typeof arg !== 'function').length > 1) {
    return new AppError('INVALID_PAYLOAD', 'A request carries one object and an acknowledgement.');
  }
  return undefined;
}
