import type { CreateInviteBody, Invite, RoomId, RoomSlug } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Identity } from '../auth/identity.js';
import { Transactions } from '../common/database/index.js';
import { AppError } from '../common/errors/index.js';
import { hashToken, randomToken } from '../common/tokens/index.js';
import { InviteEntity } from './invite.entity.js';
import { RoomsService } from './rooms.service.js';

const DEFAULT_LIFETIME_SECONDS = 7 * 24 * 60 * 60;

/** Links that let people without an account into one room. */
@Injectable()
export class InvitesService {
  constructor(
    private readonly rooms: RoomsService,
    private readonly transactions: Transactions,
  ) {}

  /** @throws AppError NOT_FOUND, FORBIDDEN for guests and people who are not members. */
  async create(
    identity: Identity,
    slug: RoomSlug,
    { expiresInSeconds = DEFAULT_LIFETIME_SECONDS, maxUses }: CreateInviteBody,
  ): Promise<Invite> {
    const { room } = await this.rooms.assertRole(identity, slug, ['host', 'moderator', 'member']);
    const token = randomToken();
    const createdAt = new Date();
    const expiresAt = new Date(createdAt.getTime() + expiresInSeconds * 1000);
    const invite: InviteEntity = {
      id: uuid(),
      roomId: room.id,
      userId: identity.userId,
      tokenHash: hashToken(token),
      createdAt,
      expiresAt,
      maxUses: maxUses ?? null,
      uses: 0,
    };
    await this.transactions.run((manager) => manager.insert(InviteEntity, invite));
    return {
      id: invite.id,
      token,
      createdByName: identity.displayName,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      maxUses: invite.maxUses,
      uses: 0,
    };
  }

  /** Uses an invite once. @returns the room that it leads to. @throws AppError INVITE_INVALID */
  async redeem(token: string): Promise<RoomId> {
    const tokenHash = hashToken(token);
    return this.transactions.run(async (manager) => {
      // One statement counts and checks, so that two guests at once do not both take the last place.
      const { affected } = await manager
        .createQueryBuilder()
        .update(InviteEntity)
        .set({ uses: () => 'uses + 1' })
        .where({ tokenHash, expiresAt: MoreThan(new Date()) })
        .andWhere('(maxUses IS NULL OR uses < maxUses)')
        .execute();
      if (affected !== 1) throw new AppError('INVITE_INVALID', 'This invite is used up, expired or revoked.');
      return (await manager.findOneByOrFail(InviteEntity, { tokenHash })).roomId;
    });
  }
}
