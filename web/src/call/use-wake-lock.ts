import { useEffect } from 'react';

/** Keeps the screen on while the call is shown: a mere listener touches nothing. */
export function useWakeLock(): void {
  useEffect(() => {
    // Absent in older browsers and on insecure pages, whatever the types say.
    const source = navigator.wakeLock as WakeLock | undefined;
    if (!source) return undefined;
    let lock: WakeLockSentinel | null = null;
    let over = false;
    const acquire = async () => {
      if (document.hidden || (lock && !lock.released)) return;
      lock = await source.request('screen');
      // The call ended while the browser was asked.
      if (over) await lock.release();
    };
    // The browser takes it away from a hidden page, and refuses it when the battery is low.
    const keep = () => void acquire().catch(() => undefined);
    keep();
    document.addEventListener('visibilitychange', keep);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', keep);
      void lock?.release().catch(() => undefined);
    };
  }, []);
}
