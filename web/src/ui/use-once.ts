import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Runs one action at a time: calls while it is under way do nothing, so a double click acts once.
 * An error goes to `onError`.
 */
export function useOnce<Arguments extends unknown[]>(
  action: (...values: Arguments) => Promise<void>,
  onError: (error: unknown) => void,
): { busy: boolean; run: (...values: Arguments) => void } {
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const latest = useRef({ action, onError });
  useEffect(() => {
    latest.current = { action, onError };
  });
  const run = useCallback((...values: Arguments) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    void latest.current
      .action(...values)
      .catch((error: unknown) => latest.current.onError(error))
      .finally(() => {
        running.current = false;
        setBusy(false);
      });
  }, []);
  return { busy, run };
}
