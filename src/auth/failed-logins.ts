import { Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/index.js';

const WINDOW_MS = 5 * 60 * 1000;
/** Wrong passwords for one account from one address in the window. */
const MAX_FAILURES = 10;
/** Kept at most: an attacker who makes up addresses must not fill the memory. The oldest are forgotten first. */
const MAX_KEYS = 10_000;

interface Failures {
  count: number;
  /** Milliseconds since the epoch. */
  resetAt: number;
}

/** Slows down guessing: counts wrong passwords by account and IP address; right ones cost nothing. */
@Injectable()
export class FailedLogins {
  private readonly failures = new Map<string, Failures>();

  /**
   * Takes one try before the password is looked at, so that many at once do not pass together.
   * @returns call it when the password was right. @throws AppError RATE_LIMITED
   */
  take(ip: string, email: string): () => void {
    const key = `${ip} ${email}`;
    const now = Date.now();
    let entry = this.failures.get(key);
    if (!entry || entry.resetAt <= now) entry = this.remember(key, { count: 0, resetAt: now + WINDOW_MS });
    if (entry.count >= MAX_FAILURES) {
      throw new AppError('RATE_LIMITED', 'Too many wrong passwords; wait a few minutes.', {
        retryAfterSeconds: Math.ceil((entry.resetAt - now) / 1000),
      });
    }
    entry.count += 1;
    return () => this.failures.delete(key);
  }

  private remember(key: string, entry: Failures): Failures {
    this.failures.delete(key);
    this.failures.set(key, entry);
    const [oldest] = this.failures.keys();
    if (this.failures.size > MAX_KEYS && oldest !== undefined) this.failures.delete(oldest);
    return entry;
  }
}
