import type { GuestBody, LoginBody, RegisterBody, Session } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/index.js';
import { InvitesService } from '../rooms/invites.service.js';
import { pictureUrlOf } from '../users/picture-url.js';
import { type Account, UsersService } from '../users/users.service.js';
import { AccessTokens } from './access-tokens.js';
import { FailedLogins } from './failed-logins.js';
import type { Identity } from './identity.js';
import { Passwords } from './passwords/passwords.js';
import { RefreshTokens } from './refresh-tokens.js';

interface LoginOrigin {
  ip: string;
  /** Wrong passwords from there are counted. */
  isLimited: boolean;
}

/** Registers people and guests, and checks their proofs of identity. */
@Injectable()
export class AuthService {
  constructor(
    private readonly users: UsersService,
    private readonly invites: InvitesService,
    private readonly passwords: Passwords,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly failedLogins: FailedLogins,
  ) {}

  /** @throws AppError EMAIL_TAKEN, PASSWORD_TOO_COMMON */
  async register({ email, password, displayName }: RegisterBody): Promise<Session> {
    const passwordHash = await this.passwords.hash(password);
    return this.open(await this.users.create({ email, passwordHash, displayName }));
  }

  /**
   * Gives the same answer, after the same work, for an unknown address and a wrong password.
   *
   * @throws AppError INVALID_CREDENTIALS, RATE_LIMITED
   */
  async login({ email, password }: LoginBody, { ip, isLimited }: LoginOrigin): Promise<Session> {
    if (isLimited) await this.failedLogins.take(ip, email);
    const account = await this.users.findByEmail(email);
    const isRight = await this.passwords.verify(account?.passwordHash ?? null, password);
    if (!account || !isRight) {
      throw new AppError('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong.');
    }
    await this.failedLogins.forgive(ip, email);
    return this.open(account);
  }

  /** An account for one meeting. @throws AppError INVITE_INVALID */
  async guest({ displayName, invite }: GuestBody): Promise<Session> {
    // One transaction: a room that is deleted meanwhile takes all of it along, or none is made.
    const { account, refreshToken } = await this.invites.redeem(invite, async (manager, { roomId, inviteId }) => {
      const fields = { displayName, guestRoomId: roomId, guestInviteId: inviteId };
      const account = await this.users.createGuest(manager, fields);
      return { account, refreshToken: await this.refreshTokens.issueIn(manager, account.id) };
    });
    return this.session(account, refreshToken);
  }

  /** @throws AppError INVALID_REFRESH_TOKEN */
  async refresh(token: string): Promise<Session> {
    const { userId, refreshToken } = await this.refreshTokens.rotate(token);
    const account = await this.users.find(userId);
    if (!account) throw new AppError('INVALID_REFRESH_TOKEN', 'This account is gone.');
    return this.session(account, refreshToken);
  }

  logout(refreshToken: string): Promise<void> {
    return this.refreshTokens.revoke(refreshToken);
  }

  /**
   * The person of an access token as they are now. While the database is down the token's word counts, so that calls go
   * on.
   *
   * @throws AppError UNAUTHENTICATED
   */
  async authenticate(accessToken: string): Promise<Identity> {
    const claimed = await this.accessTokens.verify(accessToken);
    const account = await this.users.findIfReachable(claimed.userId);
    if (account === 'unreachable') return claimed;
    if (!account) throw new AppError('UNAUTHENTICATED', 'This account is gone.');
    return identityOf(account);
  }

  private async open(account: Account): Promise<Session> {
    return this.session(account, await this.refreshTokens.issue(account.id));
  }

  private async session(account: Account, refreshToken: string): Promise<Session> {
    const accessToken = await this.accessTokens.sign(identityOf(account));
    return { accessToken, refreshToken, user: this.users.describe(account) };
  }
}

function identityOf({ id, displayName, pictureId, guestRoomId }: Account): Identity {
  return { userId: id, displayName, pictureUrl: pictureUrlOf(pictureId), guestRoomId };
}
