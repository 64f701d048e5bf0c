import type { CreateInviteBody, Invite, InviteSummary, Page, RoomId, RoomSlug, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, MoreThan, type Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Identity } from '../auth/identity.js';
import { Transactions } from '../common/database/index.js';
import { AppError } from '../common/errors/index.js';
import { decodeCursor, encodeCursor, pageOf, type PageQueryDto } from '../common/http/index.js';
import { hashToken, randomToken } from '../common/tokens/index.js';
import { UsersService } from '../users/users.service.js';
import { InviteEntity } from './invite.entity.js';
import { MemberRecords } from './member-records.js';
import { ACCOUNTS, MODERATORS } from './roles.js';
import { RoomChanges } from './room-changes.js';
import { RoomRecords } from './room-records.js';

const DEFAULT_LIFETIME_SECONDS = 7 * 24 * 60 * 60;
const IS_LEFT = '(invite.maxUses IS NULL OR invite.uses < invite.maxUses)';

/** Links that let people into one room. */
@Injectable()
export class InvitesService {
  constructor(
    @InjectRepository(InviteEntity) private readonly invites: Repository<InviteEntity>,
    private readonly records: RoomRecords,
    private readonly members: MemberRecords,
    private readonly users: UsersService,
    private readonly changes: RoomChanges,
    private readonly transactions: Transactions,
  ) {}

  /** @throws AppError NOT_FOUND, FORBIDDEN for guests and people who are not members. */
  async create(
    identity: Identity,
    slug: RoomSlug,
    { expiresInSeconds = DEFAULT_LIFETIME_SECONDS, maxUses }: CreateInviteBody,
  ): Promise<Invite> {
    const roomId = await this.records.idOf(identity, slug);
    const token = randomToken();
    const createdAt = new Date();
    const invite: InviteEntity = {
      id: uuid(),
      roomId,
      userId: identity.userId,
      tokenHash: hashToken(token),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + expiresInSeconds * 1000),
      maxUses: maxUses ?? null,
      uses: 0,
    };
    // Behind the lock, so that a person who is removed at the same time leaves no invite behind.
    await this.changes.by(identity, ACCOUNTS, roomId, async ({ manager }) => {
      await manager.insert(InviteEntity, { ...invite });
    });
    return { ...summaryOf(invite, identity.displayName), token };
  }

  /**
   * The invites that can still be used, the newest first. Hosts and moderators see all, other members their own.
   * @throws AppError NOT_FOUND, FORBIDDEN
   */
  async list(identity: Identity, slug: RoomSlug, { after, limit }: PageQueryDto): Promise<Page<InviteSummary>> {
    const roomId = await this.records.idOf(identity, slug);
    const role = await this.members.assertActor(identity, roomId, ACCOUNTS);
    const query = this.invites
      .createQueryBuilder('invite')
      .where('invite.roomId = :roomId AND invite.expiresAt > :now', { roomId, now: new Date() })
      .andWhere(IS_LEFT)
      .orderBy('invite.createdAt', 'DESC')
      .addOrderBy('invite.id', 'DESC')
      .take(limit + 1);
    if (!MODERATORS.includes(role)) query.andWhere('invite.userId = :userId', { userId: identity.userId });
    if (after !== undefined) {
      const { at, id } = decodeCursor(after);
      query.andWhere('(invite.createdAt < :at OR (invite.createdAt = :at AND invite.id < :id))', { at, id });
    }
    const rows = await query.getMany();
    const names = await this.users.displayNames([...new Set(rows.map(({ userId }) => userId))]);
    return pageOf(rows, limit, {
      cursor: ({ createdAt, id }) => encodeCursor({ at: createdAt, id }),
      describe: (invite) => summaryOf(invite, names.get(invite.userId) ?? ''),
    });
  }

  /**
   * Ends an invite. Members who came with it stay; guests who have not entered the room yet stay outside.
   * @throws AppError FORBIDDEN, NOT_FOUND; hosts and moderators find every invite, other members their own
   */
  async revoke(identity: Identity, slug: RoomSlug, id: string): Promise<void> {
    const roomId = await this.records.idOf(identity, slug);
    const { userId } = identity;
    await this.changes.by(identity, ACCOUNTS, roomId, async ({ manager, role }) => {
      const own = MODERATORS.includes(role) ? {} : { userId };
      const { affected } = await manager.delete(InviteEntity, { id, roomId, ...own });
      if (affected !== 1) throw new AppError('NOT_FOUND', 'There is no such invite.');
    });
  }

  /**
   * Uses an invite once, and makes a guest in the same transaction.
   * @throws AppError INVITE_INVALID
   */
  redeem<Guest>(
    token: string,
    makeGuest: (manager: EntityManager, by: { roomId: RoomId; inviteId: string }) => Promise<Guest>,
  ): Promise<Guest> {
    return this.transactions.run(async (manager) => {
      const invite = await manager.findOneBy(InviteEntity, { tokenHash: hashToken(token) });
      if (!invite) throw invalidInvite();
      const { id: inviteId, roomId } = invite;
      const room = await this.records.lockIfThere(manager, roomId);
      if (!room || (await this.use(manager, roomId, token)) === null) throw invalidInvite();
      return makeGuest(manager, { roomId, inviteId });
    });
  }

  /**
   * Uses an invite to this room once. The caller has locked the room.
   * @returns the invite's id; `null` when it cannot be used
   */
  async use(manager: EntityManager, roomId: RoomId, token: string): Promise<string | null> {
    const tokenHash = hashToken(token);
    const { affected } = await manager
      .createQueryBuilder()
      .update(InviteEntity)
      .set({ uses: () => 'uses + 1' })
      .where({ tokenHash, roomId, expiresAt: MoreThan(new Date()) })
      .andWhere('(maxUses IS NULL OR uses < maxUses)')
      .execute();
    if (affected !== 1) return null;
    return (await manager.findOneByOrFail(InviteEntity, { tokenHash })).id;
  }

  /** Revokes the invites that a person has made for a room. */
  async revokeMadeBy(manager: EntityManager, roomId: RoomId, userId: UserId): Promise<void> {
    await manager.delete(InviteEntity, { roomId, userId });
  }

  async revokeOne(manager: EntityManager, roomId: RoomId, id: string): Promise<void> {
    await manager.delete(InviteEntity, { id, roomId });
  }
}

function invalidInvite(): AppError {
  return new AppError('INVITE_INVALID', 'This invite is used up, expired or revoked.');
}

function summaryOf({ id, createdAt, expiresAt, maxUses, uses }: InviteEntity, createdByName: string): InviteSummary {
  return {
    id,
    createdByName,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    maxUses,
    uses,
  };
}
