import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { AppError } from '../common/errors/index.js';
import type { Identity } from './identity.js';
import { IS_PUBLIC } from './public.js';

/** Every HTTP route needs an access token, unless it is public. Socket.IO connections are checked in their handshake. */
@Injectable()
export class AccessTokenGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override canActivate(
    context: ExecutionContext,
  ): ReturnType<InstanceType<ReturnType<typeof AuthGuard>>['canActivate']> {
    const isPublic = this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, [context.getHandler(), context.getClass()]);
    return isPublic || context.getType() !== 'http' || super.canActivate(context);
  }

  override handleRequest<User = Identity>(error: unknown, identity: User | false): User {
    if (error instanceof Error) throw error;
    if (!identity) throw new AppError('UNAUTHENTICATED', 'Send a valid access token: Authorization: Bearer …');
    return identity;
  }
}
