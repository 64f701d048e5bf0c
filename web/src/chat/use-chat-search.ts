import type { SearchHit, UserId } from '@minimeet/protocol';
import { useEffect, useState } from 'react';
import { sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';

/** The words to look for, and the bounds of the search. */
export interface SearchWish {
  words: string;
  sender: UserId | null;
  /** Days, `YYYY-MM-DD` by the person's own clock; empty without a bound. */
  from: string;
  to: string;
}

export const NO_WISH: SearchWish = { words: '', sender: null, from: '', to: '' };

interface Found {
  /** `null` while nothing was looked for, or the first answer is not here. */
  hits: SearchHit[] | null;
  searching: boolean;
  problem: string | null;
  /** `null` when there are no more. */
  more: (() => void) | null;
}

interface Answer {
  hits: SearchHit[];
  next: string | null;
}

/** A person who is still typing is not done yet. */
const PAUSE_MS = 250;

/** Hits of one room, the best first; asked for when one pauses. */
export function useChatSearch(slug: string, { words, sender, from, to }: SearchWish): Found {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [searching, setSearching] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [after, setAfter] = useState<string | undefined>(undefined);
  const q = words.trim();

  // Another wish begins with its first page.
  const wish = JSON.stringify([slug, q, sender, from, to]);
  const [asked, setAsked] = useState(wish);
  if (asked !== wish) {
    setAsked(wish);
    setAfter(undefined);
  }

  useEffect(() => {
    setProblem(null);
    if (q === '') {
      setAnswer(null);
      setSearching(false);
      return undefined;
    }
    let current = true;
    setSearching(true);
    const query = { q, sender: sender ?? undefined, from: startOf(from, 0), to: startOf(to, 1), after };
    const timer = setTimeout(
      () => {
        withApi((api) => api.searchRoom(slug, query))
          .then(
            ({ items, next }) => {
              if (!current) return;
              setAnswer((before) => ({ hits: after && before ? [...before.hits, ...items] : items, next }));
            },
            (error: unknown) => current && setProblem(sentenceOf(error)),
          )
          .finally(() => current && setSearching(false));
      },
      after ? 0 : PAUSE_MS,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [slug, q, sender, from, to, after]);

  const next = answer?.next ?? null;
  return {
    hits: answer?.hits ?? null,
    searching,
    problem,
    more: next === null || searching ? null : () => setAfter(next),
  };
}

/** @returns ISO 8601 of the beginning of a day, `daysLater`; `undefined` without a day. */
function startOf(day: string, daysLater: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  return new Date(year, month - 1, date + daysLater).toISOString();
}
