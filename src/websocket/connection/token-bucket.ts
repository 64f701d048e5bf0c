/** A token bucket (as in RFC 2697's meters): `burst` at once, refilled at `perSecond`. */
export class TokenBucket {
  private tokens: number;
  private updatedAtMs: number;

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.tokens = burst;
    this.updatedAtMs = nowMs();
  }

  /** @returns whether there was a token to take. */
  take(): boolean {
    const nowMs = this.nowMs();
    this.tokens = Math.min(this.burst, this.tokens + ((nowMs - this.updatedAtMs) / 1000) * this.perSecond);
    this.updatedAtMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
