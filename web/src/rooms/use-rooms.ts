import type { Room } from '@minimeet/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';

interface Rooms {
  /** `null` until the first answer. */
  items: Room[] | null;
  problem: string | null;
  hasMore: boolean;
  reload: () => void;
  loadMore: () => void;
}

const REFRESH_MS = 15_000;

/** The signed-in person's rooms; who is in a call is looked up again while the page is visible. */
export function useRooms(): Rooms {
  const [items, setItems] = useState<Room[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // Answers may come out of order; only the newest question's answer counts.
  const asked = useRef(0);

  const load = useCallback(async (quietly: boolean, after?: string) => {
    const question = ++asked.current;
    try {
      const page = await withApi((api) => api.listRooms({ after }));
      if (question !== asked.current) return;
      setItems((shown) => (after === undefined ? page.items : [...(shown ?? []), ...page.items]));
      setNext(page.next);
      setProblem(null);
    } catch (error) {
      if (question === asked.current && !quietly) setProblem(sentenceOf(error));
    }
  }, []);

  useEffect(() => {
    void load(false);
    return () => {
      asked.current++;
    };
  }, [load]);

  const paged = items !== null && items.length > 0 && next === null;
  useEffect(() => {
    if (!paged) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) void load(true);
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [load, paged]);

  return {
    items,
    problem,
    hasMore: next !== null,
    reload: useCallback(() => void load(false), [load]),
    loadMore: useCallback(() => {
      if (next !== null) void load(false, next);
    }, [load, next]),
  };
}
