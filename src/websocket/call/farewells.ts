import type { LeaveReason, RoomSlug, UserId } from '@minimeet/protocol';

/** Ends that somebody else decided: coming back by oneself would undo them. */
const DECIDED = ['replaced', 'kicked', 'banned', 'room-ended'] as const satisfies readonly LeaveReason[];
export type Farewell = (typeof DECIDED)[number];

/** How long, and how many of them, are remembered: a laptop that was closed over lunch still hears of it. */
const REMEMBERED_MS = 2 * 60 * 60 * 1_000;
const MAX_REMEMBERED = 10_000;

interface Ended {
  slug: RoomSlug;
  userId: UserId;
  reason: Farewell;
  atMs: number;
}

/** How stays ended whose client may not know it yet: it lost its connection before, and will ask to resume. */
export class Farewells {
  /** By resume token, the oldest first. */
  private readonly ended = new Map<string, Ended>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  remember(token: string, slug: RoomSlug, userId: UserId, reason: LeaveReason): void {
    if (!isDecided(reason)) return;
    this.ended.set(token, { slug, userId, reason, atMs: this.nowMs() });
    this.forgetOld();
  }

  /** `null`: it did not end so, or that was too long ago, or it is somebody else's. */
  of(token: string, slug: RoomSlug, userId: UserId): Farewell | null {
    this.forgetOld();
    const ended = this.ended.get(token);
    return ended?.slug === slug && ended.userId === userId ? ended.reason : null;
  }

  private forgetOld(): void {
    const oldestMs = this.nowMs() - REMEMBERED_MS;
    for (const [token, { atMs }] of this.ended) {
      if (atMs >= oldestMs && this.ended.size <= MAX_REMEMBERED) return;
      this.ended.delete(token);
    }
  }
}

function isDecided(reason: LeaveReason): reason is Farewell {
  return (DECIDED as readonly LeaveReason[]).includes(reason);
}
