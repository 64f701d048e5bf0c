import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../common/errors/index.js';

const WINDOW_SECONDS = 5 * 60;
/** Wrong passwords of one key in the window. */
const MAX_FAILURES = 10;

/** Slows down guessing: counts wrong passwords by who asks for what; right ones cost nothing. */
export class WrongPasswords {
  private readonly limiter = new RateLimiterMemory({ points: MAX_FAILURES, duration: WINDOW_SECONDS });

  /** Takes one try before the password is checked, so that many at once do not pass. @throws AppError RATE_LIMITED */
  async take(key: string): Promise<void> {
    try {
      await this.limiter.consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new AppError('RATE_LIMITED', 'Too many wrong passwords; wait a few minutes.', {
        retryAfterSeconds: Math.ceil(refusal.msBeforeNext / 1000),
      });
    }
  }

  /** The password was right: the tries before it are forgiven. */
  async forgive(key: string): Promise<void> {
    await this.limiter.delete(key);
  }
}
