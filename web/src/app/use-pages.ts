import type { Page } from '@minimeet/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Pages<Item> {
  /** The items of all pages so far; `null` until the first answer. */
  items: Item[] | null;
  /** The newest question's error, when it failed. */
  error: unknown;
  hasMore: boolean;
  /** A page is on its way. */
  busy: boolean;
  /** Starts again from the first page; the shown items stay until the answer. */
  reload: () => void;
  loadMore: () => void;
}

/** A list that comes in pages; asked for anew when `load` is another function. */
export function usePages<Item>(load: (after: string | undefined) => Promise<Page<Item>>): Pages<Item> {
  const [items, setItems] = useState<Item[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  // Answers may come out of order; only the newest question's answer counts.
  const asked = useRef(0);

  const ask = useCallback(
    async (after?: string) => {
      const question = ++asked.current;
      setBusy(true);
      try {
        const page = await load(after);
        if (question !== asked.current) return;
        setItems((shown) => (after === undefined ? page.items : [...(shown ?? []), ...page.items]));
        setNext(page.next);
        setError(null);
      } catch (failure) {
        if (question === asked.current) setError(failure);
      } finally {
        if (question === asked.current) setBusy(false);
      }
    },
    [load],
  );
  useEffect(() => {
    void ask();
    return () => {
      asked.current++;
    };
  }, [ask]);
  return {
    items,
    error,
    hasMore: next !== null,
    busy,
    reload: useCallback(() => void ask(), [ask]),
    loadMore: useCallback(() => {
      if (next !== null) void ask(next);
    }, [ask, next]),
  };
}
