import type { Room } from '@minimeet/protocol';
import { useCallback, useEffect } from 'react';
import { usePages, type Pages } from '../app/use-pages.js';
import { withApi } from '../session/session.js';

const REFRESH_MS = 15_000;

/** The signed-in person's rooms; calls and unread messages are looked up again while the page is visible. */
export function useRooms(): Pages<Room> {
  const pages = usePages(useCallback((after) => withApi((api) => api.listRooms({ after })), []));
  const { reload, items, hasMore } = pages;
  // A longer list would be new on its first page only.
  const refreshes = items !== null && items.length > 0 && !hasMore;
  useEffect(() => {
    if (!refreshes) return undefined;
    const look = () => {
      if (!document.hidden) reload();
    };
    const timer = setInterval(look, REFRESH_MS);
    // Coming back from a room or another window one wants to know at once.
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [reload, refreshes]);
  return pages;
}
