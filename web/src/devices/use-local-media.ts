import { useSyncExternalStore } from 'react';
import type { LocalMedia, LocalMediaState } from './local-media.js';

export function useLocalMedia(media: LocalMedia): LocalMediaState {
  return useSyncExternalStore(media.subscribe, media.getSnapshot);
}
