import { type Ack, LIMITS, REQUEST_NAMES, type RequestName } from '@minimeet/protocol';
import type { Event } from 'socket.io';
import { AppError, toErrorReply } from '../../common/errors/index.js';
import type { EventBus } from '../../common/events/index.js';
import type { MeetingSocket } from './meeting-socket.js';
import { reply } from './reply.js';
import { TokenBucket } from './token-bucket.js';

/** Checks each request of a connection before its handler: name, size and number. Publishes each answer. */
export function guardRequests(socket: MeetingSocket, events: EventBus): void {
  const bucket = socket.data.isLoadTest ? null : new TokenBucket(LIMITS.requestBurst, LIMITS.requestsPerSecond);
  let receivedBytes = 0;
  socket.conn.on('packet', ({ data }: { data?: unknown }) => {
    if (typeof data === 'string' || Buffer.isBuffer(data)) receivedBytes += data.length;
  });

  socket.use((event: Event, next) => {
    const bytes = receivedBytes;
    receivedBytes = 0;
    watchAnswer(event, events);
    const refusal = refuse(event, bytes, bucket);
    if (refusal) reply(event.slice(1), { ok: false, error: toErrorReply(refusal) });
    else next();
  });
}

/** Puts an ack in front of the client's, if there is one: every answer passes it, from a handler or a refusal. */
function watchAnswer(event: Event, events: EventBus): void {
  const receivedAtMs = performance.now();
  const name: unknown = event[0];
  const args = event.slice(1);
  const answer = (ack: Ack<unknown>): void => {
    events.publish('request-answered', {
      event: isRequestName(name) ? name : 'unknown',
      failure: ack.ok ? null : ack.error.code,
      durationMs: performance.now() - receivedAtMs,
    });
    reply(args, ack);
  };
  if (typeof event.at(-1) === 'function') event.pop();
  event.push(answer);
}

function refuse([name, ...args]: Event, bytes: number, bucket: TokenBucket | null): AppError | undefined {
  if (bucket?.take() === false) {
    return new AppError('RATE_LIMITED', `More than ${LIMITS.requestsPerSecond} requests a second; wait a moment.`);
  }
  if (bytes > LIMITS.messageBytes) {
    return new AppError('PAYLOAD_TOO_LARGE', `A request may have ${LIMITS.messageBytes} bytes; this one had ${bytes}.`);
  }
  if (!isRequestName(name)) {
    return new AppError('UNKNOWN_EVENT', 'There is no request of this name.');
  }
  if (args.filter((arg) => typeof arg !== 'function').length > 1) {
    return new AppError('INVALID_PAYLOAD', 'A request carries one object and an acknowledgement.');
  }
  return undefined;
}

function isRequestName(name: unknown): name is RequestName {
  return (REQUEST_NAMES as readonly unknown[]).includes(name);
}
