import type { Room } from '@minimeet/sdk';
import { useState } from 'react';
import type { LocalMediaState } from '../devices/local-media.js';
import { focusOf } from './arrange.js';
import { mainSpeaker } from './main-speaker.js';
import { peopleTiles, screenTiles } from './tile/tile-model.js';
import { usePins } from './use-pins.js';
import type { RoomState } from './use-room.js';

/** The tiles of a call, and who is large among them. */
export function useTiles(room: Room, state: RoomState, local: LocalMediaState) {
  const pins = usePins();
  const speakerId = useMainSpeaker(state);
  const people = peopleTiles(room, local, state.others);
  const screens = screenTiles(room, state.others);
  const [large = null] = focusOf({ people, screens, pinned: pins.pinned, speakerId });
  return { people, screens, pins, speakerId, large };
}

/** Remembered while rendering, so that nobody is large for one frame who is not any more. */
function useMainSpeaker({ others, activeSpeakers }: RoomState): string | null {
  const [before, setBefore] = useState<string | null>(null);
  const now = mainSpeaker(
    before,
    others.map(({ id }) => id),
    activeSpeakers,
  );
  if (now !== before) setBefore(now);
  return now;
}
