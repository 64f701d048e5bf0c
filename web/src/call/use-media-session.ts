import { useEffect, useRef } from 'react';
import type { CallControls } from './controls/call-controls.js';

/**
 * Lets the browser's own window, the headset and the keyboard's media keys mute, turn the camera off and hang up (W3C
 * Media Session).
 */
export function useMediaSession({
  microphone,
  camera,
  leave,
}: Pick<CallControls, 'microphone' | 'camera' | 'leave'>): void {
  const latest = useRef({ microphone, camera, leave });
  useEffect(() => {
    latest.current = { microphone, camera, leave };
  });
  useEffect(() => {
    const session = mediaSession();
    if (!session) return undefined;
    try {
      session.setActionHandler('togglemicrophone', () => latest.current.microphone.toggle());
      session.setActionHandler('togglecamera', () => latest.current.camera.toggle());
      session.setActionHandler('hangup', () => latest.current.leave());
    } catch {
      // A browser that does not know one of them: its buttons are not shown.
      return undefined;
    }
    return () => {
      session.setActionHandler('togglemicrophone', null);
      session.setActionHandler('togglecamera', null);
      session.setActionHandler('hangup', null);
    };
  }, []);
  useEffect(() => {
    shown(mediaSession()?.setMicrophoneActive(microphone.working));
  }, [microphone.working]);
  useEffect(() => {
    shown(mediaSession()?.setCameraActive(camera.working));
  }, [camera.working]);
}

/** A browser that refuses does not show it. Chromium gives no promise, whatever the types say. */
function shown(done: Promise<void> | undefined): void {
  Promise.resolve(done).catch(() => undefined);
}

/** @returns `undefined` where there is none, or one that knows no calls. */
function mediaSession(): MediaSession | undefined {
  const session = navigator.mediaSession as MediaSession | undefined;
  return session && 'setMicrophoneActive' in session ? session : undefined;
}
