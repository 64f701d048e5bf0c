import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { LoadTestKey } from './load-test-key.js';

/** Small, since Node writes names of headers so. */
export const LOAD_TEST_HEADER = 'x-load-test-key';

/** A wrong load-test key is refused on every HTTP route, so that a load test never runs into limits without a word. */
@Injectable()
export class LoadTestKeyGuard implements CanActivate {
  constructor(private readonly key: LoadTestKey) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() === 'http') {
      this.key.admits(context.switchToHttp().getRequest<Request>().headers[LOAD_TEST_HEADER]);
    }
    return true;
  }
}
