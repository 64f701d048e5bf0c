import type { RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { AppError } from '../common/errors/index.js';
import type { Identity } from './identity.js';

/** Pinned: a token says which algorithm made it, and must not choose how it is checked (RFC 8725, 3.1). */
export const JWT_ALGORITHM = 'HS256';
export const ACCESS_TOKEN_SECONDS = 15 * 60;

/** The claims of an access token. */
export interface AccessClaims {
  sub: UserId;
  name: string;
  /** The room of a guest. */
  room?: RoomId;
}

/** Makes and checks access tokens. */
@Injectable()
export class AccessTokens {
  constructor(private readonly jwt: JwtService) {}

  sign({ userId, displayName, guestRoomId }: Identity): Promise<string> {
    const claims: AccessClaims = { sub: userId, name: displayName, ...(guestRoomId && { room: guestRoomId }) };
    return this.jwt.signAsync(claims);
  }

  /** @throws AppError UNAUTHENTICATED when it is malformed, forged or expired. */
  async verify(token: string): Promise<Identity> {
    try {
      return identityOf(await this.jwt.verifyAsync<AccessClaims>(token));
    } catch (cause) {
      throw new AppError('UNAUTHENTICATED', 'The access token is not valid (any more).', { cause });
    }
  }
}

/** The token does not say what somebody looks like. */
export function identityOf({ sub, name, room }: AccessClaims): Identity {
  return { userId: sub, displayName: name, pictureUrl: null, guestRoomId: room ?? null };
}
