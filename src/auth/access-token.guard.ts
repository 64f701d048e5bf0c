import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AppError } from '../common/errors/index.js';
import { bearerToken } from './access-tokens.js';
import { AuthService } from './auth.service.js';
import { IS_PUBLIC } from './public.js';

/** Requires an access token for every HTTP route that is not public. The handshake checks Socket.IO connections. */
@Injectable()
export class AccessTokenGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly auth: AuthService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, [context.getHandler(), context.getClass()]);
    if (isPublic || context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const token = bearerToken(request);
    if (token === null) {
      throw new AppError('UNAUTHENTICATED', 'Send a valid access token: Authorization: Bearer …');
    }
    request.user = await this.auth.authenticate(token);
    return true;
  }
}
