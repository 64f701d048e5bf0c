import type { Call, Page, RoomSlug } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import type { Identity } from '../auth/identity.js';
import { AppError } from '../common/errors/index.js';
import { decodeCursor, encodeCursor, pageOf, type PageQueryDto } from '../common/http/index.js';
import { RoomsService } from '../rooms/rooms.service.js';
import { CallParticipationEntity } from './call-participation.entity.js';
import { CallSessionEntity } from './call-session.entity.js';

/** The history of calls, for members of their rooms. */
@Injectable()
export class CallsService {
  constructor(
    @InjectRepository(CallSessionEntity) private readonly sessions: Repository<CallSessionEntity>,
    @InjectRepository(CallParticipationEntity) private readonly participations: Repository<CallParticipationEntity>,
    private readonly rooms: RoomsService,
  ) {}

  /** The newest first. @throws AppError NOT_FOUND, FORBIDDEN */
  async list(identity: Identity, slug: RoomSlug, { after, limit }: PageQueryDto): Promise<Page<Call>> {
    const roomId = await this.rooms.memberRoomId(identity, slug);
    const query = this.sessions
      .createQueryBuilder('session')
      .where('session.roomId = :roomId', { roomId })
      .orderBy('session.startedAt', 'DESC')
      .addOrderBy('session.id', 'DESC')
      .take(limit + 1);
    if (after !== undefined) {
      const { at, id } = decodeCursor(after);
      query.andWhere('(session.startedAt < :at OR (session.startedAt = :at AND session.id < :id))', { at, id });
    }
    const sessions = await query.getMany();
    const participations = await this.participationsOf(sessions);
    return pageOf(sessions, limit, {
      cursor: ({ startedAt, id }) => encodeCursor({ at: startedAt, id }),
      describe: (session) => describe(session, participations.get(session.id) ?? []),
    });
  }

  /** @throws AppError NOT_FOUND, FORBIDDEN */
  async get(identity: Identity, id: string): Promise<Call> {
    const session = await this.sessions.findOneBy({ id: id.toLowerCase() });
    if (!session) throw new AppError('NOT_FOUND', 'There is no such call.');
    await this.rooms.assertMember(identity, session.roomId);
    return describe(session, (await this.participationsOf([session])).get(session.id) ?? []);
  }

  private async participationsOf(sessions: CallSessionEntity[]): Promise<Map<string, CallParticipationEntity[]>> {
    const sessionId = In(sessions.map(({ id }) => id));
    const rows = await this.participations.find({ where: { sessionId }, order: { joinedAt: 'ASC', id: 'ASC' } });
    return Map.groupBy(rows, (row) => row.sessionId);
  }
}

function describe(
  { id, roomId, startedAt, endedAt }: CallSessionEntity,
  participations: CallParticipationEntity[],
): Call {
  return {
    id,
    roomId,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    participations: participations.map(({ id: participantId, userId, displayName, joinedAt, leftAt, leaveReason }) => ({
      id: participantId,
      userId,
      displayName,
      joinedAt: joinedAt.toISOString(),
      leftAt: leftAt?.toISOString() ?? null,
      leaveReason,
      client: null,
      networkPath: null,
      quality: null,
    })),
  };
}
