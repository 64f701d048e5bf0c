import type {
  JoinRoomReply,
  LobbyEntry,
  Participant,
  ParticipantId,
  RoomSettings,
  RoomSummary,
} from '@minimeet/protocol';
import { MiniMeetError } from './errors.js';
import type { RoomEvents } from './room-events.js';

type Tell = <Name extends keyof RoomEvents>(name: Name, ...args: RoomEvents[Name]) => void;

/** The room and oneself as the server said last. Each change is told once; the same said again is no news. */
export class RoomFacts {
  readonly #tell: Tell;
  #room: RoomSummary | null = null;
  #self: Participant | null = null;
  #activeSpeakers: readonly ParticipantId[] = [];
  #lobby: readonly LobbyEntry[] = [];

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  get name(): string {
    return this.#room?.name ?? '';
  }

  /** @throws MiniMeetError WRONG_STATE before the first ack. */
  get settings(): RoomSettings {
    const { access, locked, allowUnmute } = joined(this.#room);
    return { access, locked, allowUnmute };
  }

  /** @throws MiniMeetError WRONG_STATE before the first ack. */
  get self(): Participant {
    return joined(this.#self);
  }

  get activeSpeakers(): readonly ParticipantId[] {
    return this.#activeSpeakers;
  }

  get lobby(): readonly LobbyEntry[] {
    return this.#lobby;
  }

  isSelf({ id }: Participant): boolean {
    return id === this.#self?.id;
  }

  /**
   * Takes the room and oneself from the ack of a join, a resume or a new join. Speakers and lobby are set after the
   * people are known.
   */
  enter({ room, self }: JoinRoomReply): void {
    this.setRoom(room);
    if (this.#self) this.setSelf(self);
    else this.#self = self;
  }

  setRoom(room: RoomSummary): void {
    const before = this.#room;
    this.#room = room;
    if (!before) return;
    if (before.name !== room.name) this.#tell('room-changed', room);
    const isSame = before.access === room.access && before.locked === room.locked;
    if (!isSame || before.allowUnmute !== room.allowUnmute) this.#tell('settings-changed', this.settings);
  }

  setSelf(self: Participant): void {
    if (isSame(self, this.#self)) return;
    this.#self = self;
    this.#tell('participant-updated', self);
  }

  setLobby(waiting: readonly LobbyEntry[]): void {
    if (isSame(waiting, this.#lobby)) return;
    this.#lobby = waiting;
    this.#tell('lobby-changed', waiting);
  }

  setActiveSpeakers(ids: ParticipantId[]): void {
    if (isSame(ids, this.#activeSpeakers)) return;
    this.#activeSpeakers = ids;
    this.#tell('active-speakers', ids);
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function joined<Known>(known: Known | null): Known {
  if (known === null) throw new MiniMeetError('WRONG_STATE', 'The room is not joined yet.');
  return known;
}
