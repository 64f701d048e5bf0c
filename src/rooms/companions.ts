import type { UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { RoomMemberEntity } from './room-member.entity.js';

/** The people with whom somebody shares a room. */
@Injectable()
export class Companions {
  constructor(@InjectRepository(RoomMemberEntity) private readonly members: Repository<RoomMemberEntity>) {}

  /** Those of `others` who share a room with the person, and the person if named; each once, in their order. */
  async among(userId: UserId, others: readonly UserId[]): Promise<UserId[]> {
    const asked = [...new Set(others)];
    if (asked.length === 0) return [];
    const rows = await this.members
      .createQueryBuilder('other')
      .select('DISTINCT other.userId', 'userId')
      .innerJoin(RoomMemberEntity, 'mine', 'mine.roomId = other.roomId AND mine.userId = :userId', { userId })
      .where('other.userId IN (:...asked)', { asked })
      .getRawMany<{ userId: UserId }>();
    const companions = new Set(rows.map((row) => row.userId)).add(userId);
    return asked.filter((id) => companions.has(id));
  }
}
