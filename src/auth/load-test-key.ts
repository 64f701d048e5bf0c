import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../common/config/index.js';
import { AppError } from '../common/errors/index.js';
import { isSameSecret } from '../common/tokens/index.js';

/** The key that lifts rate limits for load tests, and nothing else: all checks and bounds stay. */
@Injectable()
export class LoadTestKey implements OnModuleInit {
  private readonly logger = new Logger(LoadTestKey.name);

  constructor(private readonly config: AppConfig) {}

  onModuleInit(): void {
    if (this.config.loadTestKey === undefined) return;
    this.logger.warn(
      'LOAD_TEST_KEY is set: whoever has it is not slowed down by rate limits. Not for a server in use.',
    );
  }

  /** Whether a request comes with the key; a usual one has none. @throws AppError FORBIDDEN for a wrong one. */
  admits(given: unknown): boolean {
    if (given === undefined) return false;
    const { loadTestKey } = this.config;
    if (loadTestKey !== undefined && typeof given === 'string' && isSameSecret(given, loadTestKey)) return true;
    throw new AppError('FORBIDDEN', 'This is not the load-test key that the server was started with.');
  }
}
