import type { RoomId, WorstRoom } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { MemberRooms } from '../rooms/member-rooms.js';
import { CallSessionEntity } from './call-session.entity.js';
import { WorstRooms } from './metrics/worst-rooms.js';

/** The worst calls of now, by the ranks of the metrics, with what a person needs to look at them. */
@Injectable()
export class WorstRoomsService {
  constructor(
    private readonly ranking: WorstRooms,
    private readonly rooms: MemberRooms,
    @InjectRepository(CallSessionEntity) private readonly sessions: Repository<CallSessionEntity>,
  ) {}

  /** The worst first, at most ten. */
  async list(): Promise<WorstRoom[]> {
    const ranked = this.ranking.list();
    const slugs = await this.rooms.slugs(ranked.map(({ roomId }) => roomId));
    return Promise.all(
      ranked.flatMap((room) => {
        const slug = slugs.get(room.roomId);
        // A room that was deleted meanwhile has no link to look at.
        return slug === undefined ? [] : [this.describe({ ...room, slug })];
      }),
    );
  }

  private async describe({
    rank,
    roomId,
    slug,
    participants,
    score,
    lossRatio,
  }: Omit<WorstRoom, 'callId'>): Promise<WorstRoom> {
    return { rank, roomId, slug, participants, score, lossRatio, callId: await this.newestCall(roomId) };
  }

  private async newestCall(roomId: RoomId): Promise<string | null> {
    const session = await this.sessions.findOne({ where: { roomId }, order: { startedAt: 'DESC', id: 'DESC' } });
    return session?.id ?? null;
  }
}
