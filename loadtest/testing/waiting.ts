import { setTimeout as sleep } from 'node:timers/promises';
import type { MediaSource } from '@minimeet/protocol';
import type { ReceivedStream } from '../received-stream.js';
import type { SyntheticPeer } from '../synthetic-peer.js';

export async function until(condition: () => boolean, timeoutMs = 8_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${condition.toString()}`);
    await sleep(10);
  }
}

export async function streamOf(peer: SyntheticPeer, source: MediaSource): Promise<ReceivedStream> {
  let found: ReceivedStream | undefined;
  await until(
    () => (found = [...peer.consumers.values()].find(({ options }) => options.source === source)) !== undefined,
  );
  if (!found) throw new Error('No such stream.');
  return found;
}
