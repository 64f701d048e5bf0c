import type { Room } from '@minimeet/sdk';
import { useCallback, useEffect } from 'react';
import { useOnce } from '../ui/use-once.js';

export interface ScreenShare {
  /** Phones cannot. */
  supported: boolean;
  sharing: boolean;
  busy: boolean;
  toggle: () => void;
}

/** Shares a screen, with sound where the browser gives it; ends as well when the browser's own bar stops it. */
export function useScreenShare(room: Room, onError: (error: unknown) => void): ScreenShare {
  const sharing = room.localPublications.has('screen');
  const { busy, run } = useOnce(
    useCallback(() => (room.localPublications.has('screen') ? stop(room) : start(room)), [room]),
    (error) => {
      // The person closed the browser's window without choosing a screen.
      if (!(error instanceof Error && error.name === 'NotAllowedError')) onError(error);
    },
  );
  useEffect(
    () =>
      room.on('publication-closed', ({ source, track }) => {
        // Ended by a moderator: the browser's own bar must not say that it is still shared.
        if (source === 'screen' || source === 'screen_audio') track.stop();
      }),
    [room],
  );
  const supported = 'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices;
  return { supported, sharing, busy, toggle: run };
}

async function start(room: Room): Promise<void> {
  const stream = await navigator.mediaDevices.getDisplayMedia({
    video: { frameRate: { ideal: 15, max: 30 } },
    audio: true,
  });
  const [picture] = stream.getVideoTracks();
  const [sound] = stream.getAudioTracks();
  // Letters and lines stay sharp when there is not enough network for everything: then it moves less smoothly.
  if (picture) picture.contentHint = 'detail';
  if (!picture || room.connection === 'closed') return stopTracks(stream);
  // Stopped in the browser's own bar: the sound, which may outlive the picture, goes with it.
  picture.addEventListener('ended', () => void stop(room).catch(() => undefined));
  try {
    await Promise.all([
      room.publish(picture, { source: 'screen' }),
      sound && room.publish(sound, { source: 'screen_audio' }),
    ]);
  } catch (error) {
    stopTracks(stream);
    throw error;
  }
}

async function stop(room: Room): Promise<void> {
  const publications = [room.localPublications.get('screen'), room.localPublications.get('screen_audio')];
  await Promise.all(
    publications.map(async (publication) => {
      publication?.track.stop();
      await publication?.close();
    }),
  );
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
