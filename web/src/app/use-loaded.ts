import { useCallback, useEffect, useRef, useState } from 'react';

interface Loaded<Value> {
  /** `null` until the first answer. */
  value: Value | null;
  /** The newest question's error, when it failed. */
  error: unknown;
  reload: () => void;
}

/** Asks `load`, and again when it is another function; `refreshMs` repeats it quietly while the page is visible. */
export function useLoaded<Value>(
  load: () => Promise<Value>,
  refreshMs: (value: Value) => number | null,
): Loaded<Value> {
  const [value, setValue] = useState<Value | null>(null);
  const [error, setError] = useState<unknown>(null);
  const asked = useRef(0);
  const ask = useCallback(
    async (quietly: boolean) => {
      const question = ++asked.current;
      try {
        const answer = await load();
        if (question !== asked.current) return;
        setValue(answer);
        setError(null);
      } catch (failure) {
        if (question === asked.current && !quietly) setError(failure);
      }
    },
    [load],
  );
  useEffect(() => {
    void ask(false);
    return () => {
      asked.current++;
    };
  }, [ask]);
  const everyMs = value === null ? null : refreshMs(value);
  useEffect(() => {
    if (everyMs === null) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) void ask(true);
    }, everyMs);
    return () => clearInterval(timer);
  }, [ask, everyMs]);
  return { value, error, reload: useCallback(() => void ask(false), [ask]) };
}
