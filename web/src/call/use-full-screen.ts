import { useEffect, useState } from 'react';

interface FullScreen {
  on: boolean;
  toggle: () => void;
}

/**
 * Shows the whole page, so that menus and dialogs are seen in it.
 * @returns `null` where the browser cannot (Safari on phones).
 */
export function useFullScreen(): FullScreen | null {
  const [on, setOn] = useState(() => document.fullscreenElement !== null);
  useEffect(() => {
    const look = () => setOn(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', look);
    return () => {
      document.removeEventListener('fullscreenchange', look);
      // The page after the call is an ordinary one.
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    };
  }, []);
  if (!document.fullscreenEnabled) return null;
  // Refused without a gesture: nothing has changed then.
  const toggle = () =>
    void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(
      () => undefined,
    );
  return { on, toggle };
}
