import type { Ack } from '@minimeet/protocol';

/**
 * Answers a request through its acknowledgement callback, which Socket.IO puts behind the payload. A client that asked
 * for no ack gets none.
 */
export function reply(args: readonly unknown[], ack: Ack<unknown>): void {
  const callback = args.find((arg): arg is (ack: Ack<unknown>) => void => typeof arg === 'function');
  callback?.(ack);
}
