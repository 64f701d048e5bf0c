import type { RoomId, UpdateUserBody, User, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, type Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Transactions } from '../common/database/index.js';
import { AppError, isDatabaseDown, isDuplicate } from '../common/errors/index.js';
import { pictureUrlOf } from './picture-url.js';
import { UserEntity } from './user.entity.js';

/** An account as others see it. */
export interface Profile {
  displayName: string;
  /** A path on this server; `null` without a picture. */
  pictureUrl: string | null;
}

/** Maximum number of accounts in one statement. */
const SEEN_ROWS = 500;

/** An account as the server sees it. */
export type Account = Readonly<UserEntity>;

/** The table of accounts. E-mail addresses are compared without regard to case. */
@Injectable()
export class UsersService {
  constructor(
    @InjectRepository(UserEntity) private readonly users: Repository<UserEntity>,
    private readonly transactions: Transactions,
  ) {}

  /** @throws AppError EMAIL_TAKEN */
  async create({
    email,
    passwordHash,
    displayName,
  }: Record<'email' | 'passwordHash' | 'displayName', string>): Promise<Account> {
    try {
      const fields = { email: email.toLowerCase(), passwordHash, displayName, guestRoomId: null, guestInviteId: null };
      return await this.transactions.run((manager) => insert(manager, fields));
    } catch (error) {
      if (isDuplicate(error)) throw new AppError('EMAIL_TAKEN', 'Another account has this e-mail address.');
      throw error;
    }
  }

  /** Makes a guest's account in the transaction that uses the invite. */
  createGuest(
    manager: EntityManager,
    guest: { displayName: string; guestRoomId: RoomId; guestInviteId: string },
  ): Promise<Account> {
    return insert(manager, { email: null, passwordHash: null, ...guest });
  }

  /** Makes a guest need a new invite to come back to the room. Does nothing for other accounts. */
  async forgetGuestInvite(manager: EntityManager, id: UserId, guestRoomId: RoomId): Promise<void> {
    await manager.update(UserEntity, { id, guestRoomId }, { guestInviteId: null });
  }

  find(id: UserId): Promise<Account | null> {
    return this.findIn(this.users.manager, id);
  }

  /** As `find`, in a transaction. */
  findIn(manager: EntityManager, id: UserId): Promise<Account | null> {
    return manager.findOneBy(UserEntity, { id });
  }

  /** As `find`, but `'unreachable'` while the database does not answer. */
  async findIfReachable(id: UserId): Promise<Account | null | 'unreachable'> {
    try {
      return await this.find(id);
    } catch (error) {
      if (isDatabaseDown(error)) return 'unreachable';
      throw error;
    }
  }

  findByEmail(email: string): Promise<Account | null> {
    return this.users.findOneBy({ email: email.toLowerCase() });
  }

  /** @throws AppError NOT_FOUND */
  async me(id: UserId): Promise<User> {
    const account = await this.find(id);
    if (!account) throw new AppError('NOT_FOUND', 'This account is gone.');
    return this.describe(account);
  }

  /** @throws AppError NOT_FOUND */
  async update(id: UserId, { displayName, showLastSeen }: UpdateUserBody): Promise<User> {
    const changes = {
      ...(displayName !== undefined && { displayName }),
      ...(showLastSeen !== undefined && { showLastSeen }),
    };
    if (Object.keys(changes).length === 0) return this.me(id);
    return this.change(id, changes);
  }

  /** The end of the last connection, by account; `null` before it, and absent for accounts that do not show it. */
  async lastSeen(ids: readonly UserId[]): Promise<Map<UserId, Date | null>> {
    const accounts = await this.users.find({
      where: { id: In([...ids]), showLastSeen: true },
      select: { id: true, lastSeenAt: true },
    });
    return new Map(accounts.map(({ id, lastSeenAt }) => [id, lastSeenAt]));
  }

  async markSeen(ids: readonly UserId[], lastSeenAt: Date): Promise<void> {
    await this.transactions.run(async (manager) => {
      for (let start = 0; start < ids.length; start += SEEN_ROWS) {
        await manager.update(UserEntity, { id: In(ids.slice(start, start + SEEN_ROWS)) }, { lastSeenAt });
      }
    });
  }

  /** Display names by account. */
  async displayNames(ids: UserId[]): Promise<Map<UserId, string>> {
    const accounts = await this.users.find({ where: { id: In(ids) }, select: { id: true, displayName: true } });
    return new Map(accounts.map(({ id, displayName }) => [id, displayName]));
  }

  /** Profiles by account. */
  async profiles(ids: readonly UserId[]): Promise<Map<UserId, Profile>> {
    const select = { id: true, displayName: true, pictureId: true } as const;
    const accounts = await this.users.find({ where: { id: In([...ids]) }, select });
    return new Map(
      accounts.map(({ id, displayName, pictureId }) => [id, { displayName, pictureUrl: pictureUrlOf(pictureId) }]),
    );
  }

  /** @returns the account as it is now, and the id of the picture before. @throws AppError NOT_FOUND */
  async setPicture(id: UserId, pictureId: string | null): Promise<{ user: User; previousId: string | null }> {
    const previousId = (await this.find(id))?.pictureId ?? null;
    return { user: await this.change(id, { pictureId }), previousId };
  }

  /** Those of these pictures that belong to an account. */
  async picturesInUse(pictureIds: readonly string[]): Promise<Set<string>> {
    const where = { pictureId: In([...pictureIds]) };
    const accounts = await this.users.find({ where, select: { id: true, pictureId: true } });
    return new Set(accounts.flatMap(({ pictureId }) => pictureId ?? []));
  }

  describe({ id, email, displayName, pictureId, showLastSeen, createdAt }: Account): User {
    const pictureUrl = pictureUrlOf(pictureId);
    return { id, email, displayName, pictureUrl, showLastSeen, createdAt: createdAt.toISOString() };
  }

  private async change(id: UserId, changes: Partial<UserEntity>): Promise<User> {
    return this.transactions.telling(id, async (manager, tell) => {
      await manager.update(UserEntity, { id }, changes);
      const account = await this.findIn(manager, id);
      if (!account) throw new AppError('NOT_FOUND', 'This account is gone.');
      const user = this.describe(account);
      const { displayName, pictureUrl } = user;
      tell('user-updated', { userId: id, displayName, pictureUrl });
      return user;
    });
  }
}

/** The fields with which an account begins. */
type NewAccount = Pick<UserEntity, 'email' | 'passwordHash' | 'displayName' | 'guestRoomId' | 'guestInviteId'>;

async function insert(manager: EntityManager, fields: NewAccount): Promise<Account> {
  const account: UserEntity = {
    ...fields,
    id: uuid(),
    pictureId: null,
    showLastSeen: true,
    lastSeenAt: null,
    createdAt: new Date(),
  };
  await manager.insert(UserEntity, { ...account });
  return account;
}
