import type { PersonPlan, RoomPlan } from './plan.js';
import type { RoomSound } from './room-sound.js';
import { expectedVideos } from './room-view.js';

/** What somebody begins to hear reaches them before this has passed, or is not counted as received. */
const SETTLED_MS = 2_000;

/** What somebody is to receive when everybody of their room is there. @param atMs since the start of the run. */
export function expectedTracks(
  person: PersonPlan,
  room: RoomPlan,
  sound: RoomSound,
  atMs: number,
): { audio: number; video: number } {
  return {
    audio: sound.expected(person, atMs - SETTLED_MS, atMs),
    video: expectedVideos(
      room.layout,
      room.people.filter(({ index }) => index !== person.index),
    ),
  };
}
