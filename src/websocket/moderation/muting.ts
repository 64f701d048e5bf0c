import type { MediaSource } from '@minimeet/protocol';
import type { Stay } from '../call/stay.js';

/**
 * Pauses a microphone or a camera, or ends a screen and its sound, and tells the person. The media worker does it, so
 * that a client need not agree.
 *
 * @param by who does it, by name.
 * @throws MediaError `MEDIA_UNAVAILABLE`
 */
export async function mute(stay: Stay, source: MediaSource, by: string): Promise<void> {
  const { peer } = stay.media;
  try {
    if (peer) silenced(stay, await peer.mute(source), by);
  } catch (error) {
    // Closed meanwhile: nothing flows any more.
    if (!peer?.closed) throw error;
  } finally {
    // Also while their media is made anew.
    if (source === 'microphone') stay.standing.microphoneWasOn = false;
  }
}

function silenced(stay: Stay, sources: MediaSource[], by: string): void {
  for (const source of sources) {
    stay.media.published.silenced(source);
    stay.notify('muted', { source, by });
    stay.record({ action: 'muted-by', source, actor: by });
  }
}
