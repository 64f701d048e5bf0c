import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** The identity of the access token, as a controller's argument. */
export const CurrentIdentity = createParamDecorator(
  (_data: undefined, context: ExecutionContext) => context.switchToHttp().getRequest<Request>().user,
);
