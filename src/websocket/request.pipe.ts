import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import { AppError } from '../common/errors/index.js';
import { VALIDATION_OPTIONS } from '../common/validation/index.js';

/** Checks a request's payload against its DTO. A request without a payload (`emit('leave_room', ack)`) is an empty one. */
@Injectable()
export class RequestPipe extends ValidationPipe {
  constructor() {
    // The request without fields has a DTO without rules, which is not unknown.
    super({ ...VALIDATION_OPTIONS, forbidUnknownValues: false });
  }

  override async transform(payload: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (!isObject(payload ?? {})) throw new AppError('INVALID_PAYLOAD', 'A request carries one object.');
    return super.transform(payload ?? {}, metadata);
  }
}

function isObject(payload: unknown): boolean {
  return typeof payload === 'object' && !Array.isArray(payload);
}
