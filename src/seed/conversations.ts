import { Random, zipf } from './random.js';
import type { SeedOptions } from './options.js';
import { Vocabulary } from './vocabulary.js';

export interface SeedPerson {
  id: string;
  email: string;
  displayName: string;
}

export interface SeedRoom {
  id: string;
  slug: string;
  name: string;
  /** The first is the host. */
  members: SeedPerson[];
  /** Messages so far. */
  lastSequence: number;
}

export interface SeedMessage {
  id: string;
  room: SeedRoom;
  sequence: number;
  sender: SeedPerson;
  text: string;
  sentAt: Date;
}

/** The domain of every account that is made here, and of nobody else: it cannot exist (RFC 2606). */
export const SEED_DOMAIN = 'seed.invalid';

const DAY_MS = 24 * 60 * 60 * 1_000;
const SMALLEST_ROOM = 2;
const MEAN_MEMBERS = 25;
/** Zipf exponents of rooms by their messages, and of a room's people by how much they say. */
const ROOM_EXPONENT = 0.8;
const SENDER_EXPONENT = 0.9;

/** Rooms, people and what they say: all of it follows from the seed. */
export class Conversations {
  readonly begin: Date;
  readonly people: SeedPerson[];
  readonly rooms: SeedRoom[];
  /** In the order of time; once. */
  readonly messages: Iterable<SeedMessage>;
  private readonly random: Random;
  private readonly vocabulary: Vocabulary;

  constructor(private readonly options: SeedOptions) {
    const { seed, people, rooms, begin } = options;
    this.begin = begin;
    this.random = new Random(seed);
    this.vocabulary = new Vocabulary(this.random);
    this.people = Array.from({ length: people }, (_, i) => this.person(i + 1));
    this.rooms = Array.from({ length: rooms }, (_, i) => this.room(i + 1));
    this.messages = this.say();
  }

  private *say(): Generator<SeedMessage> {
    const { random, options } = this;
    const nextRoom = zipf(random, this.rooms.length, ROOM_EXPONENT);
    const nextSender = zipf(random, Math.max(...this.rooms.map(({ members }) => members.length)), SENDER_EXPONENT);
    const meanGapMs = (options.days * DAY_MS) / options.messages;
    let sentAtMs = this.begin.getTime();
    for (let i = 0; i < options.messages; i += 1) {
      const room = this.rooms[nextRoom()] ?? this.rooms[0];
      const sender = room?.members[nextSender() % room.members.length];
      if (!room || !sender) return;
      sentAtMs += random.exponential(meanGapMs);
      room.lastSequence += 1;
      yield {
        id: random.uuid(),
        room,
        sequence: room.lastSequence,
        sender,
        text: this.vocabulary.message(),
        sentAt: new Date(Math.round(sentAtMs)),
      };
    }
  }

  private person(number: number): SeedPerson {
    const email = `person-${number}.${this.options.seed}@${SEED_DOMAIN}`;
    return { id: this.random.uuid(), email, displayName: this.vocabulary.name(2) };
  }

  private room(number: number): SeedRoom {
    const { random, people } = this;
    const wanted = SMALLEST_ROOM + Math.floor(random.exponential(MEAN_MEMBERS - SMALLEST_ROOM));
    const members = new Set<SeedPerson>();
    while (members.size < Math.min(wanted, people.length)) members.add(random.of(people));
    const name = this.vocabulary.name(2);
    const slug = `${name.toLowerCase().replaceAll(' ', '-')}-${number}-${random.uuid().slice(0, 8)}`;
    return { id: random.uuid(), slug, name, members: [...members], lastSequence: 0 };
  }
}
