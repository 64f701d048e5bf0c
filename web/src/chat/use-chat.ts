import type { ChatMessage } from '@minimeet/protocol';
import { randomUuid, type Room } from '@minimeet/sdk';
import { useCallback, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';

/** One's own message on its way. */
export interface PendingMessage {
  /** Also its id on the server, so that another try stores it once. */
  key: string;
  text: string;
  /** Why it was not sent; `null` while it is being sent. */
  problem: string | null;
}

export interface Chat {
  /** Oldest first. */
  messages: readonly ChatMessage[];
  pending: PendingMessage[];
  /** Messages of others since the panel was last open. */
  unread: number;
  /** There may be older ones on the server. */
  hasOlder: boolean;
  loadingOlder: boolean;
  send: (text: string) => void;
  retry: (key: string) => void;
  discard: (key: string) => void;
  loadOlder: () => void;
}

export function useChat(room: Room, recent: readonly ChatMessage[], open: boolean): Chat {
  const older = useOlderMessages(room, recent);
  const [pending, setPending] = useState<PendingMessage[]>([]);
  const unread = useUnread(recent, room.self.userId, open);

  const deliver = useCallback(
    (key: string, text: string) => {
      setPending((shown) => [...shown.filter((one) => one.key !== key), { key, text, problem: null }]);
      room.sendMessage(text, { id: key }).then(
        () => setPending((shown) => shown.filter((one) => one.key !== key)),
        (error: unknown) => {
          const problem = sentenceOf(error);
          setPending((shown) => shown.map((one) => (one.key === key ? { ...one, problem } : one)));
        },
      );
    },
    [room],
  );
  return {
    messages: [...older.messages, ...recent],
    pending,
    unread,
    hasOlder: older.hasMore,
    loadingOlder: older.loading,
    send: (text) => deliver(randomUuid(), text),
    retry: (key) => {
      const failed = pending.find((one) => one.key === key);
      if (failed) deliver(key, failed.text);
    },
    discard: (key) => setPending((shown) => shown.filter((one) => one.key !== key)),
    loadOlder: older.load,
  };
}

/** What was said before the messages that came with the join. */
function useOlderMessages(room: Room, recent: readonly ChatMessage[]) {
  const [messages, setMessages] = useState<ChatMessage[]>([]);
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const [loading, setLoading] = useState(false);
  const first = messages[0] ?? recent[0];
  const load = () => {
    if (loading || next === null || !first) return;
    setLoading(true);
    withApi((api) => api.messages(room.slug, { before: next ?? String(first.sequence) }))
      .then((page) => {
        setMessages((shown) => {
          const before = (shown[0] ?? first).sequence;
          return [...page.items.filter(({ sequence }) => sequence < before), ...shown];
        });
        setNext(page.next);
      })
      // The button stays, for another try.
      .catch(() => undefined)
      .finally(() => setLoading(false));
  };
  // Sequences count from 1: when the first message is here, there is nothing before it.
  return { messages, loading, load, hasMore: next !== null && first !== undefined && first.sequence > 1 };
}

function useUnread(messages: readonly ChatMessage[], selfUserId: string, open: boolean): number {
  const newest = messages.at(-1)?.sequence ?? 0;
  // What was said before one came is history, not news.
  const seen = useRef(newest);
  useEffect(() => {
    if (open) seen.current = newest;
  }, [open, newest]);
  if (open) return 0;
  return messages.filter(({ sequence, senderId }) => sequence > seen.current && senderId !== selfUserId).length;
}
