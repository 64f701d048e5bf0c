import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import { VALIDATION_OPTIONS } from '../common/validation/index.js';

/** Checks a request's payload against its DTO. A request without a payload (`emit('leave_room', ack)`) is an empty one. */
@Injectable()
export class RequestPipe extends ValidationPipe {
  constructor() {
    super(VALIDATION_OPTIONS);
  }

  override transform(payload: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return super.transform(payload ?? {}, metadata);
  }
}
