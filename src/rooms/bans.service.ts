import type { Page, RoomBan, RoomId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { AppError } from '../common/errors/index.js';
import { decodeCursor, encodeCursor, pageOf, type PageQueryDto } from '../common/http/index.js';
import { UsersService } from '../users/users.service.js';
import type { MemberKey } from './member-records.js';
import { RoomBanEntity } from './room-ban.entity.js';

/** The table of bans. */
@Injectable()
export class BansService {
  constructor(
    @InjectRepository(RoomBanEntity) private readonly bans: Repository<RoomBanEntity>,
    private readonly users: UsersService,
  ) {}

  /** With `manager`, reads in its transaction. @throws AppError BANNED */
  async assertNone({ roomId, userId }: MemberKey, manager: EntityManager = this.bans.manager): Promise<void> {
    if (await manager.existsBy(RoomBanEntity, { roomId, userId })) {
      throw new AppError('BANNED', 'You were banned from this room.');
    }
  }

  /** The caller has locked the room. @returns whether the ban is new */
  async add(manager: EntityManager, { roomId, userId }: MemberKey): Promise<boolean> {
    if (await manager.existsBy(RoomBanEntity, { roomId, userId })) return false;
    await manager.insert(RoomBanEntity, { roomId, userId, bannedAt: new Date() });
    return true;
  }

  /** @throws AppError NOT_FOUND */
  async lift(manager: EntityManager, { roomId, userId }: MemberKey): Promise<void> {
    const { affected } = await manager.delete(RoomBanEntity, { roomId, userId });
    if (affected !== 1) throw new AppError('NOT_FOUND', 'Nobody of this id is banned from the room.');
  }

  /** The newest first. */
  async list(roomId: RoomId, { after, limit }: PageQueryDto): Promise<Page<RoomBan>> {
    const query = this.bans
      .createQueryBuilder('ban')
      .where('ban.roomId = :roomId', { roomId })
      .orderBy('ban.bannedAt', 'DESC')
      .addOrderBy('ban.userId', 'DESC')
      .take(limit + 1);
    if (after !== undefined) {
      const { at, id } = decodeCursor(after);
      query.andWhere('(ban.bannedAt < :at OR (ban.bannedAt = :at AND ban.userId < :id))', { at, id });
    }
    const rows = await query.getMany();
    const names = await this.users.displayNames(rows.map(({ userId }) => userId));
    return pageOf(rows, limit, {
      cursor: ({ bannedAt, userId }) => encodeCursor({ at: bannedAt, id: userId }),
      describe: ({ userId, bannedAt }) => ({
        userId,
        displayName: names.get(userId) ?? '',
        bannedAt: bannedAt.toISOString(),
      }),
    });
  }
}
