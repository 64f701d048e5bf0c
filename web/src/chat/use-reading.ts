import type { Chat } from '@minimeet/sdk';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';

interface Reading {
  /** The read mark below which new messages begin; `null` when all was read. */
  newAfter: number | null;
  /** For the list: whether its newest message is in sight. */
  onAtEnd: (atEnd: boolean) => void;
}

/** Marks messages as read while one looks at the newest, and remembers where the new ones begin. */
export function useReading(chat: Chat, newest: number, covered: boolean): Reading {
  const [newAfter, setNewAfter] = useState(() => (chat.unreadCount > 0 ? chat.lastReadSequence : null));
  const [atEnd, setAtEnd] = useState(false);
  const visible = useSyncExternalStore(onVisibilityChange, () => !document.hidden);
  const reading = atEnd && visible && !covered;
  useEffect(() => {
    if (reading) chat.markRead();
  }, [chat, reading, newest]);

  const isReading = useRef(reading);
  useEffect(() => {
    isReading.current = reading;
  });
  useEffect(
    () =>
      chat.on('message', () => {
        // The first one that comes unseen begins the new ones.
        if (!isReading.current) setNewAfter((before) => Math.max(before ?? 0, chat.lastReadSequence));
      }),
    [chat],
  );
  return { newAfter, onAtEnd: useCallback((next: boolean) => setAtEnd(next), []) };
}

function onVisibilityChange(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
