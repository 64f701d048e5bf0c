import type { Room } from '@minimeet/sdk';
import { useEffect } from 'react';
import { watchLevel } from '../devices/level.js';
import { SPEECH_LEVEL } from './muted-speech.js';

/** Pauses between words are shorter. */
const PAUSE_MS = 700;

/** Tells the server at once when one begins to speak, so that the others hear the first syllable. */
export function useVoiceHint(room: Room, track: MediaStreamTrack | null, muted: boolean): void {
  useEffect(() => {
    if (!track || muted) return undefined;
    let heardAt = -Infinity;
    let speaking = false;
    const say = (now: boolean) => {
      if (now === speaking) return;
      speaking = now;
      room.setSpeaking(now);
    };
    const stop = watchLevel(track, (level) => {
      if (level >= SPEECH_LEVEL) heardAt = performance.now();
      say(performance.now() - heardAt < PAUSE_MS);
    });
    return () => {
      stop();
      say(false);
    };
  }, [room, track, muted]);
}
