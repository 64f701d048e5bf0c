import type { PersonPlan, RoomPlan } from './plan.js';
import type { RoomSound } from './room-sound.js';
import { expectedVideos } from './room-view.js';

/** The time in which a new sound must reach a listener, or it does not count as received. */
const SETTLED_MS = 2_000;

/** The tracks that somebody is to receive when everybody in the room is there. @param atMs since the run's start. */
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
