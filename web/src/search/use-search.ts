import type { SearchHit } from '@minimeet/protocol';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { usePages, type Pages } from '../app/use-pages.js';
import { withApi } from '../session/session.js';

/** The bounds of a search; '' does not narrow it. */
export interface Filters {
  q: string;
  /** An account. */
  sender: string;
  /** Days of the person's own calendar, `2026-11-26`. */
  from: string;
  to: string;
}

const NAMES = ['q', 'sender', 'from', 'to'] as const satisfies (keyof Filters)[];

/** The filters are in the address: the way back leads to the same finds, and a link can be kept. */
export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo<Filters>(
    () => ({
      q: search.get('q') ?? '',
      sender: search.get('sender') ?? '',
      from: search.get('from') ?? '',
      to: search.get('to') ?? '',
    }),
    [search],
  );
  const change = useCallback(
    (next: Partial<Filters>) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          for (const name of NAMES) {
            const value = next[name];
            if (value === '') after.delete(name);
            else if (value !== undefined) after.set(name, value);
          }
          return after;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return [filters, change];
}

/** The messages of all rooms that fit, the best first; without words there are none. */
export function useHits({ q, sender, from, to }: Filters): Pages<SearchHit> {
  return usePages(
    useCallback(
      async (after) => {
        if (q.trim() === '') return { items: [], next: null };
        const query = {
          q,
          after,
          ...(sender !== '' && { sender }),
          ...(from !== '' && { from: momentOf(from, '00:00:00.000') }),
          ...(to !== '' && { to: momentOf(to, '23:59:59.999') }),
        };
        return withApi((api) => api.search(query));
      },
      [q, sender, from, to],
    ),
  );
}

/** @returns a time of a day of the person's own clock, as ISO 8601 in UTC. */
function momentOf(day: string, time: string): string {
  const moment = new Date(`${day}T${time}`);
  // A half-typed date narrows nothing.
  return Number.isNaN(moment.getTime()) ? new Date(0).toISOString() : moment.toISOString();
}
