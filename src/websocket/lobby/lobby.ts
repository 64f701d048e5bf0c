import { randomUUID } from 'node:crypto';
import { LIMITS, type LobbyEntry, type ParticipantId, type RoomSlug, TIMES, type UserId } from '@minimeet/protocol';
import { AppError } from '../../common/errors/index.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';

/** An admitted person who has not come by then needs a new id, and nobody remembers who let them in. */
const ADMISSION_MS = 10 * 60 * 1_000;

/** An account that waits, with however many tabs. */
export interface Waiting {
  readonly entry: LobbyEntry;
  readonly sockets: Set<MeetingSocket>;
  /** Somebody is letting them in. */
  isDecided: boolean;
}

/** The admission of somebody who has not come yet. */
interface Admission {
  /** Their id in the call, for the first of their tabs that comes. */
  id: ParticipantId | null;
  /** The name of the person who let them in. */
  by: string;
  untilMs: number;
}

/** The people who wait to be let into one room. */
export class Lobby {
  private readonly waiting = new Map<UserId, Waiting>();
  private readonly admissions = new Map<UserId, Admission>();
  private readonly deniedUntilMs = new Map<UserId, number>();

  /** @param onChange others wait now than before. */
  constructor(
    private readonly slug: RoomSlug,
    private readonly onChange: () => void,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** The longest-waiting first. */
  get entries(): LobbyEntry[] {
    return [...this.waiting.values()].map(({ entry }) => entry);
  }

  /** Nothing is known here that anybody may ask for again. */
  get isEmpty(): boolean {
    this.forgetOld();
    return this.waiting.size + this.admissions.size + this.deniedUntilMs.size === 0;
  }

  /**
   * Makes a connection wait, as one more tab of its account or as the first.
   *
   * @throws AppError RATE_LIMITED, LIMIT_EXCEEDED
   */
  add(socket: MeetingSocket): void {
    this.forgetOld();
    const { userId, displayName, guestRoomId } = socket.data.identity;
    const known = this.waiting.get(userId);
    if (known) {
      known.sockets.add(socket);
      return;
    }
    if (this.deniedUntilMs.has(userId)) {
      throw new AppError('RATE_LIMITED', 'You were not let in; ask again in a moment.');
    }
    if (this.waiting.size >= LIMITS.lobbyEntries) {
      throw new AppError('LIMIT_EXCEEDED', `${LIMITS.lobbyEntries} people wait already; try again later.`);
    }
    const isGuest = guestRoomId !== null;
    const entry = { id: randomUUID(), userId, displayName, isGuest, since: new Date().toISOString() };
    this.waiting.set(userId, { entry, sockets: new Set([socket]), isDecided: false });
    this.onChange();
  }

  /** This connection waits no more. @returns whether it did. */
  leave(socket: MeetingSocket): boolean {
    const { userId } = socket.data.identity;
    const waiting = this.waiting.get(userId);
    if (!waiting?.sockets.delete(socket)) return false;
    if (waiting.sockets.size === 0) {
      this.waiting.delete(userId);
      this.onChange();
    }
    return true;
  }

  /** Somebody who waits, and about whom nobody else is deciding. @throws AppError NOT_FOUND */
  undecided(id: ParticipantId): Waiting {
    const waiting = [...this.waiting.values()].find(({ entry, isDecided }) => entry.id === id && !isDecided);
    if (!waiting) throw new AppError('NOT_FOUND', 'Nobody of this id waits any more.');
    return waiting;
  }

  /** They may come in. @param by who let them in, by name. */
  admit({ entry: { id, userId } }: Waiting, by: string): void {
    this.admissions.set(userId, { id, by, untilMs: this.nowMs() + ADMISSION_MS });
    this.end(userId, true);
  }

  /** They may ask again in a while. */
  deny({ entry: { userId } }: Waiting): void {
    this.deniedUntilMs.set(userId, this.nowMs() + TIMES.admissionRetryMs);
    this.end(userId, false);
  }

  /** Ends their waiting, and tells every tab; nothing happens to people who do not wait. */
  end(userId: UserId, admitted: boolean): void {
    const waiting = this.waiting.get(userId);
    if (!waiting) return;
    this.waiting.delete(userId);
    for (const socket of waiting.sockets) socket.emit('admission', { room: this.slug, admitted });
    this.onChange();
  }

  /** Nobody waits any more. */
  close(admitted: boolean): void {
    for (const userId of [...this.waiting.keys()]) this.end(userId, admitted);
  }

  /** The id that somebody who was let in has in the call; once, since two tabs cannot have the same. */
  takeId(userId: UserId): ParticipantId | null {
    const admission = this.admissions.get(userId);
    const id = admission?.id ?? null;
    if (admission) admission.id = null;
    return id;
  }

  /** They have come. @returns who let them in, by name. */
  takeAdmitter(userId: UserId): string | null {
    const by = this.admissions.get(userId)?.by ?? null;
    this.admissions.delete(userId);
    return by;
  }

  private forgetOld(): void {
    const nowMs = this.nowMs();
    for (const [userId, { untilMs }] of this.admissions) if (untilMs <= nowMs) this.admissions.delete(userId);
    for (const [userId, untilMs] of this.deniedUntilMs) if (untilMs <= nowMs) this.deniedUntilMs.delete(userId);
  }
}
