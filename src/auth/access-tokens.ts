import type { RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Request, RequestHandler, Response } from 'express';
import passport from 'passport';
import { Strategy, type StrategyOptionsWithoutRequest, type VerifiedCallback } from 'passport-jwt';
import { AppConfig } from '../common/config/index.js';
import { AppError } from '../common/errors/index.js';
import type { Identity } from './identity.js';

/** Pinned: a token says which algorithm made it, and must not choose how it is checked (RFC 8725, 3.1). */
export const JWT_ALGORITHM = 'HS256';
export const ACCESS_TOKEN_SECONDS = 15 * 60;

/**
 * The token of an `Authorization: Bearer` header (RFC 6750, section 2.1); `null` without one. passport-jwt's own reader
 * is not used: on a long header without white space it backtracks for half a second, and anybody may send one.
 */
export function bearerToken({ headers }: Pick<Request, 'headers'>): string | null {
  return /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** The claims of an access token. */
interface AccessClaims {
  sub: UserId;
  name: string;
  /** The room of a guest. */
  room?: RoomId;
}

/** Makes access tokens, and checks those of HTTP requests and Socket.IO handshakes alike. */
@Injectable()
export class AccessTokens {
  /** One of its own: the package's global one knows one secret a process, and several servers may run in one. */
  private readonly passport = new passport.Passport();

  constructor(
    private readonly jwt: JwtService,
    { jwtSecret }: AppConfig,
  ) {
    const options: StrategyOptionsWithoutRequest = {
      jwtFromRequest: bearerToken,
      secretOrKey: jwtSecret,
      algorithms: [JWT_ALGORITHM],
    };
    const accept = (claims: AccessClaims, done: VerifiedCallback): void => done(null, identityOf(claims));
    this.passport.use('jwt', new Strategy(options, accept));
  }

  sign({ userId, displayName, guestRoomId }: Identity): Promise<string> {
    const claims: AccessClaims = { sub: userId, name: displayName, ...(guestRoomId && { room: guestRoomId }) };
    return this.jwt.signAsync(claims);
  }

  /** @throws AppError UNAUTHENTICATED when it is malformed, forged or expired. */
  verify(token: string): Promise<Identity> {
    return new Promise((resolve, reject) => {
      const settle = (error: unknown, identity: Identity | false, cause: unknown): void => {
        if (identity) resolve(identity);
        else
          reject(
            new AppError('UNAUTHENTICATED', 'The access token is not valid (any more).', { cause: error ?? cause }),
          );
      };
      // Passport knows requests only, and of those it reads the header.
      const request = { headers: { authorization: `Bearer ${token}` } } as Request;
      const check = this.passport.authenticate('jwt', settle) as RequestHandler;
      check(request, {} as Response, reject);
    });
  }
}

/** The token does not say what somebody looks like. */
function identityOf({ sub, name, room }: AccessClaims): Identity {
  return { userId: sub, displayName: name, pictureUrl: null, guestRoomId: room ?? null };
}
