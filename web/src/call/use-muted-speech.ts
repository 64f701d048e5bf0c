import { useEffect, useState } from 'react';
import { watchLevel } from '../devices/level.js';
import { MutedSpeech } from './muted-speech.js';

const SHOWN_MS = 6_000;

/**
 * Listens, on this machine only, while one is muted.
 * @param track muted: its sound is silence, so a copy of it is listened to.
 * @returns whether to say now that one talks and is muted.
 */
export function useMutedSpeech(track: MediaStreamTrack | null, muted: boolean): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!track || !muted) return undefined;
    const speech = new MutedSpeech();
    const copy = track.clone();
    copy.enabled = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = watchLevel(copy, (level) => {
      if (!speech.hears(level, performance.now())) return;
      setShown(true);
      timer = setTimeout(() => setShown(false), SHOWN_MS);
    });
    return () => {
      stop();
      copy.stop();
      clearTimeout(timer);
      setShown(false);
    };
  }, [track, muted]);
  return shown;
}
