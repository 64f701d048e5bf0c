import { type Group, type Layout, type Load, peoplePerRoom, type Publishing, type Resolution } from './load.js';
import { randomFrom } from './random.js';

/** One person of the run, from their first coming to the end. */
export interface PersonPlan {
  index: number;
  /** Unique in the room: `Publisher 3 · room 2`. */
  name: string;
  room: number;
  publish: Publishing[];
  /** Since the start of the run. */
  joinAtMs: number;
}

export interface RoomPlan {
  index: number;
  name: string;
  people: PersonPlan[];
  layout: Layout;
  resolution: Resolution;
  simulcast: boolean;
  simulateSpeakers: boolean;
  seed: number;
}

/** Somebody leaves and somebody else comes in their place. */
export interface Change {
  person: number;
  /** Since the start of the measured part. */
  atMs: number;
}

export interface Plan {
  rooms: RoomPlan[];
  people: PersonPlan[];
  /** In order. */
  changes: Change[];
}

/** Nobody comes anew in the last part of a run, whose tracks are counted. */
const QUIET_END_MS = 3_000;

/** Everything that will happen, for the same load always the same. */
export function planOf({ groups, rampSeconds, durationSeconds, seed }: Load): Plan {
  const rooms: RoomPlan[] = [];
  const people: PersonPlan[] = [];
  const changes: Change[] = [];
  for (const group of groups) {
    const first = people.length;
    for (let count = 0; count < group.rooms; count++) {
      const room = roomOf(group, rooms.length, people.length, seed);
      rooms.push(room);
      people.push(...room.people);
    }
    changes.push(...changesOf(group, people.slice(first), durationSeconds, seed + first));
  }
  setJoinTimes(rooms, people.length, rampSeconds);
  changes.sort((a, b) => a.atMs - b.atMs);
  return { rooms, people, changes };
}

function roomOf(group: Group, index: number, firstPerson: number, seed: number): RoomPlan {
  const { layout, resolution, simulcast, simulateSpeakers } = group;
  const kinds: { title: string; count: number; publish: Publishing[] }[] = [
    { title: 'Publisher', count: group.publishers, publish: ['camera', 'microphone'] },
    { title: 'Speaker', count: group.audioPublishers, publish: ['microphone'] },
    { title: 'Subscriber', count: group.subscribers, publish: [] },
  ];
  const people = kinds.flatMap(({ title, count, publish }) =>
    Array.from({ length: count }, (_, number) => ({
      name: `${title} ${number + 1} · room ${index + 1}`,
      publish: [...publish, ...(group.screenShare && title === 'Publisher' && number === 0 ? ['screen' as const] : [])],
    })),
  );
  return {
    index,
    name: `Load test ${index + 1}`,
    people: people.map((person, place) => ({ ...person, index: firstPerson + place, room: index, joinAtMs: 0 })),
    layout,
    resolution,
    simulcast,
    simulateSpeakers,
    seed: seed * 31 + index,
  };
}

/** All rooms fill at the same pace, those who publish first. */
function setJoinTimes(rooms: readonly RoomPlan[], count: number, rampSeconds: number): void {
  const places = Math.max(...rooms.map(({ people }) => people.length));
  const order = Array.from({ length: places }, (_, place) => rooms.map(({ people }) => people[place]))
    .flat()
    .filter((person) => person !== undefined);
  order.forEach((person, turn) => {
    person.joinAtMs = count > 1 ? (turn / (count - 1)) * rampSeconds * 1000 : 0;
  });
}

/** Everybody's turn comes once before anybody's second. */
function changesOf(group: Group, people: readonly PersonPlan[], durationSeconds: number, seed: number): Change[] {
  const changing = peoplePerRoom(group) > 1 ? people : [];
  const count = Math.floor((group.churnPerMinute * durationSeconds) / 60);
  if (changing.length === 0 || count === 0) return [];
  const random = randomFrom(seed);
  const order = changing
    .map((person) => ({ person, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ person }) => person.index);
  const usableMs = Math.max(0, durationSeconds * 1000 - QUIET_END_MS);
  return Array.from({ length: count }, (_, turn) => ({
    person: order[turn % order.length] ?? 0,
    atMs: (turn / count) * usableMs,
  }));
}
