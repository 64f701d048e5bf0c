import type { ChatMessage } from '@minimeet/protocol';
import { requoted, type Chat } from '@minimeet/sdk';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { withApi } from '../session/session.js';
import type { ChatState } from './chat-store.js';

/** Messages in a row, and what there is before and after them. */
export interface MessageSource {
  /** Oldest first. */
  messages: readonly ChatMessage[];
  hasOlder: boolean;
  hasNewer: boolean;
  /** While one is on its way, another call does nothing. @throws MiniMeetError */
  loadOlder: () => Promise<void>;
  loadNewer: () => Promise<void>;
}

/** Half of what a look into the history begins with. */
const AROUND = 25;
const PAGE = 50;

/** The chat as it goes on, with its newest messages. */
export function useLiveSource(chat: Chat, { messages, hasOlder }: ChatState): MessageSource {
  return useMemo(
    () => ({
      messages,
      hasOlder,
      hasNewer: false,
      loadOlder: () => chat.loadOlder(),
      loadNewer: () => Promise.resolve(),
    }),
    [chat, messages, hasOlder],
  );
}

interface HistoryView {
  messages: ChatMessage[];
  hasOlder: boolean;
  hasNewer: boolean;
}

const NOTHING_YET: HistoryView = { messages: [], hasOlder: false, hasNewer: false };

/** A part of the history around a message, far from what goes on now; `null` while there is none. */
export function useHistorySource(
  chat: Chat,
  sequence: number | null,
  onError: (error: unknown) => void,
): MessageSource {
  const [view, setView] = useState(NOTHING_YET);
  const { slug } = chat;
  useEffect(() => {
    setView(NOTHING_YET);
    if (sequence === null) return undefined;
    let current = true;
    withApi((api) => api.messages(slug, { before: String(sequence + AROUND + 1), limit: 2 * AROUND })).then(
      ({ items, next }) => current && setView({ messages: items, hasOlder: next !== null, hasNewer: true }),
      (error: unknown) => current && onError(error),
    );
    return () => {
      current = false;
    };
  }, [slug, sequence, onError]);
  useEffect(
    () =>
      chat.on('message-changed', (changed) =>
        setView((shown) => ({
          ...shown,
          messages: shown.messages.map((message) => (message.id === changed.id ? changed : requoted(message, changed))),
        })),
      ),
    [chat],
  );
  const first = view.messages[0]?.sequence;
  const last = view.messages.at(-1)?.sequence;
  const loadOlder = useOneAtATime(async () => {
    if (first === undefined) return;
    const { items, next } = await withApi((api) => api.messages(slug, { before: String(first), limit: PAGE }));
    setView((shown) =>
      shown.messages[0]?.sequence === first
        ? { ...shown, messages: [...items, ...shown.messages], hasOlder: next !== null }
        : shown,
    );
  });
  const loadNewer = useOneAtATime(async () => {
    if (last === undefined) return;
    const { items, next } = await withApi((api) => api.messages(slug, { after: String(last), limit: PAGE }));
    setView((shown) =>
      shown.messages.at(-1)?.sequence === last
        ? { ...shown, messages: [...shown.messages, ...items], hasNewer: next !== null }
        : shown,
    );
  });
  return useMemo(() => ({ ...view, loadOlder, loadNewer }), [view, loadOlder, loadNewer]);
}

function useOneAtATime(load: () => Promise<void>): () => Promise<void> {
  const [state] = useState<{ load: () => Promise<void>; running: Promise<void> | null }>({ load, running: null });
  useEffect(() => {
    state.load = load;
  });
  return useCallback(() => {
    state.running ??= state.load().finally(() => (state.running = null));
    return state.running;
  }, [state]);
}
