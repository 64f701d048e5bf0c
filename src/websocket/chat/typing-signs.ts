import { type RoomId, TIMES } from '@minimeet/protocol';
import { TokenBucket } from '../connection/token-bucket.js';

/** How often others are told that somebody goes on typing: before it fades on their pages. */
const REPEAT_MS = TIMES.typingMs / 2;
/** Beginnings that others are told of, however quickly somebody begins and stops. */
const BURST = 5;
const PER_SECOND = 1;

interface Sign {
  toldAtMs: number;
  timer: NodeJS.Timeout;
}

/** The chats in which the person of one connection types. Nobody stores it; it fades, and ends with the connection. */
export class TypingSigns {
  private readonly signs = new Map<RoomId, Sign>();
  private readonly bucket = new TokenBucket(BURST, PER_SECOND);

  constructor(private readonly tell: (roomId: RoomId, typing: boolean) => void) {}

  start(roomId: RoomId): void {
    const sign = this.signs.get(roomId);
    sign?.timer.refresh();
    const nowMs = performance.now();
    if (sign && nowMs - sign.toldAtMs < REPEAT_MS) return;
    if (!this.bucket.take()) return;
    const timer = sign?.timer ?? setTimeout(() => this.stop(roomId), TIMES.typingMs);
    this.signs.set(roomId, { toldAtMs: nowMs, timer });
    this.tell(roomId, true);
  }

  stop(roomId: RoomId): void {
    const sign = this.signs.get(roomId);
    if (!sign) return;
    clearTimeout(sign.timer);
    this.signs.delete(roomId);
    this.tell(roomId, false);
  }

  stopAll(): void {
    for (const roomId of this.signs.keys()) this.stop(roomId);
  }
}
