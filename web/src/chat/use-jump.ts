import type { QuotedMessage } from '@minimeet/protocol';
import type { Chat } from '@minimeet/sdk';
import { useCallback, useState } from 'react';
import type { Target } from './MessageList.js';

interface Jump {
  target: Target | null;
  /** The sequence around which the history is shown; `null`: the chat as it goes on. */
  historyAt: number | null;
  jumpTo: (message: Pick<QuotedMessage, 'id' | 'sequence'>) => void;
  backToNewest: () => void;
}

/** A message no further back than this is scrolled to; beyond, a part of the history is shown alone. */
const NEAR = 300;
const PAGE = 100;

export function useJump(chat: Chat, fail: (error: unknown) => void): Jump {
  const [target, setTarget] = useState<Target | null>(null);
  const [historyAt, setHistoryAt] = useState<number | null>(null);
  const jumpTo = useCallback<Jump['jumpTo']>(
    ({ id, sequence }) => {
      const isHere = () => chat.messages.some((message) => message.id === id);
      const first = chat.messages[0]?.sequence ?? 1;
      setTarget({ id });
      if (isHere()) return setHistoryAt(null);
      if (first - sequence > NEAR) return setHistoryAt(sequence);
      setHistoryAt(null);
      void loadUntil(chat, isHere).catch(fail);
    },
    [chat, fail],
  );
  const backToNewest = useCallback(() => {
    setTarget(null);
    setHistoryAt(null);
  }, []);
  return { target, historyAt, jumpTo, backToNewest };
}

async function loadUntil(chat: Chat, isHere: () => boolean): Promise<void> {
  for (let page = 0; page <= NEAR / PAGE && chat.hasOlder && !isHere(); page++) await chat.loadOlder(PAGE);
}
