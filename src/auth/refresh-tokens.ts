import type { UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, LessThan, MoreThan } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Transactions } from '../common/database/index.js';
import { AppError } from '../common/errors/index.js';
import { hashToken, randomToken } from '../common/tokens/index.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';

const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** Opaque tokens, each good for one exchange. A used one that comes again was stolen on one side: its family ends. */
@Injectable()
export class RefreshTokens {
  constructor(private readonly transactions: Transactions) {}

  /** The first token of a new family. */
  issue(userId: UserId): Promise<string> {
    return this.transactions.run((manager) => this.issueIn(manager, userId));
  }

  /** As part of making an account. */
  async issueIn(manager: EntityManager, userId: UserId): Promise<string> {
    await manager.delete(RefreshTokenEntity, { userId, expiresAt: LessThan(new Date()) });
    return this.insert(manager, { userId, familyId: uuid() });
  }

  /** @throws AppError INVALID_REFRESH_TOKEN */
  async rotate(token: string): Promise<{ userId: UserId; refreshToken: string }> {
    const result = await this.transactions.run((manager) => this.exchange(manager, hashToken(token)));
    // Thrown after the commit, so that the family stays revoked.
    if (!result)
      throw new AppError('INVALID_REFRESH_TOKEN', 'The refresh token is not valid (any more); sign in again.');
    return result;
  }

  /** Ends the family of a token; an unknown token is no error, for it can do no harm. */
  async revoke(token: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      const known = await manager.findOneBy(RefreshTokenEntity, { tokenHash: hashToken(token) });
      if (known) await this.revokeFamily(manager, known.familyId);
    });
  }

  private async exchange(
    manager: EntityManager,
    tokenHash: string,
  ): Promise<{ userId: UserId; refreshToken: string } | undefined> {
    const now = new Date();
    // One statement decides which of several requests with the same token wins.
    const { affected } = await manager.update(
      RefreshTokenEntity,
      { tokenHash, usedAt: IsNull(), revokedAt: IsNull(), expiresAt: MoreThan(now) },
      { usedAt: now },
    );
    const known = await manager.findOneBy(RefreshTokenEntity, { tokenHash });
    if (!known) return undefined;
    const { userId, familyId } = known;
    if (affected === 1) return { userId, refreshToken: await this.insert(manager, { userId, familyId }) };
    if (known.usedAt) await this.revokeFamily(manager, familyId);
    return undefined;
  }

  private async insert(
    manager: EntityManager,
    { userId, familyId }: Pick<RefreshTokenEntity, 'userId' | 'familyId'>,
  ): Promise<string> {
    const token = randomToken();
    const createdAt = new Date();
    await manager.insert(RefreshTokenEntity, {
      id: uuid(),
      familyId,
      userId,
      tokenHash: hashToken(token),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + LIFETIME_MS),
      usedAt: null,
      revokedAt: null,
    });
    return token;
  }

  private async revokeFamily(manager: EntityManager, familyId: string): Promise<void> {
    await manager.update(RefreshTokenEntity, { familyId, revokedAt: IsNull() }, { revokedAt: new Date() });
  }
}
