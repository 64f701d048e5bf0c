import { type ArgumentMetadata, Injectable } from '@nestjs/common';
import { PayloadPipe, VALIDATION_OPTIONS } from '../../common/validation/index.js';

/** Checks a request's payload against its DTO. A request without a payload (`emit('leave_room', ack)`) is empty. */
@Injectable()
export class RequestPipe extends PayloadPipe {
  constructor() {
    // The request without fields has a DTO without rules, which is not unknown.
    super({ ...VALIDATION_OPTIONS, forbidUnknownValues: false });
  }

  override transform(payload: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return super.transform(payload ?? {}, metadata);
  }
}
