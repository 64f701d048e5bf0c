import type { Call, CallDetails, CallParticipation, Page, RoomSlug } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import type { Identity } from '../auth/identity.js';
import { AppError } from '../common/errors/index.js';
import { decodeCursor, encodeCursor, pageOf, type PageQueryDto } from '../common/http/index.js';
import { MemberRooms } from '../rooms/member-rooms.js';
import { csvOf } from './call-csv.js';
import { CallHistory } from './call-history.js';
import { CallParticipationEntity } from './call-participation.entity.js';
import { CallSessionEntity } from './call-session.entity.js';
import { worstMoment } from './worst-moment/worst-moment.js';

/** A file to download. */
interface Export {
  fileName: string;
  lines: AsyncIterable<string>;
}

/** The history of calls, for members of their rooms. */
@Injectable()
export class CallsService {
  constructor(
    @InjectRepository(CallSessionEntity) private readonly sessions: Repository<CallSessionEntity>,
    @InjectRepository(CallParticipationEntity) private readonly participations: Repository<CallParticipationEntity>,
    private readonly rooms: MemberRooms,
    private readonly history: CallHistory,
  ) {}

  /** The newest first. @throws AppError NOT_FOUND, FORBIDDEN */
  async list(identity: Identity, slug: RoomSlug, { after, limit }: PageQueryDto): Promise<Page<Call>> {
    const roomId = await this.rooms.idOf(identity, slug);
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
    const stays = Map.groupBy(await this.staysOf(sessions), (stay) => stay.sessionId);
    return pageOf(sessions, limit, {
      cursor: ({ startedAt, id }) => encodeCursor({ at: startedAt, id }),
      describe: (session) => ({
        ...describe(session),
        participations: (stays.get(session.id) ?? []).map(describeStay),
      }),
    });
  }

  /** @throws AppError NOT_FOUND, FORBIDDEN */
  async get(identity: Identity, id: string): Promise<CallDetails> {
    const session = await this.find(identity, id);
    const stays = await this.staysOf([session]);
    const events = await this.history.eventsOf(stays);
    const samples = await this.history.mergedSamplesOf(stays);
    const badSamples = await this.history.badSamplesOf(stays);
    const lanes = stays.map((stay) => ({
      ...describeStay(stay),
      joinPhases: stay.joinPhases,
      speakingMs: stay.speakingMs,
      reconnects: stay.reconnects,
      events: events.get(stay.id) ?? [],
      samples: samples.get(stay.id) ?? [],
    }));
    const unmerged = lanes.map((lane) => ({ ...lane, samples: badSamples.get(lane.id) ?? [] }));
    return { ...describe(session), participations: lanes, worstMoment: worstMoment(unmerged) };
  }

  /** Every sample of a call as CSV. @throws AppError NOT_FOUND, FORBIDDEN */
  async export(identity: Identity, id: string): Promise<Export> {
    const session = await this.find(identity, id);
    const stays = await this.staysOf([session]);
    const day = session.startedAt.toISOString().slice(0, 10);
    const lines = csvOf(stays.map(describeStay), (stay) => this.history.pagesOf(stay));
    return { fileName: `call-${day}-${session.id.slice(-12)}.csv`, lines };
  }

  private async find(identity: Identity, id: string): Promise<CallSessionEntity> {
    const session = await this.sessions.findOneBy({ id: id.toLowerCase() });
    if (!session) throw new AppError('NOT_FOUND', 'There is no such call.');
    await this.rooms.assertMember(identity, session.roomId);
    return session;
  }

  private staysOf(sessions: CallSessionEntity[]): Promise<CallParticipationEntity[]> {
    const sessionId = In(sessions.map(({ id }) => id));
    return this.participations.find({ where: { sessionId }, order: { joinedAt: 'ASC', id: 'ASC' } });
  }
}

function describe({ id, roomId, startedAt, endedAt }: CallSessionEntity): Omit<Call, 'participations'> {
  return { id, roomId, startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
}

function describeStay(stay: CallParticipationEntity): CallParticipation {
  const { id, userId, displayName, joinedAt, leftAt, leaveReason, client, networkPath, quality } = stay;
  return {
    id,
    userId,
    displayName,
    joinedAt: joinedAt.toISOString(),
    leftAt: leftAt?.toISOString() ?? null,
    leaveReason,
    client,
    networkPath,
    quality,
  };
}
