import type { MessageId, QuotedMessage } from '@minimeet/protocol';
import type { Chat } from '@minimeet/sdk';
import { useCallback, useState } from 'react';

/** The content of the composer. */
export interface ComposerDraft {
  text: string;
  replyTo: QuotedMessage | null;
  /** The message whose text it is to become. */
  editing: { id: MessageId; before: string } | null;
  files: readonly File[];
}

export const EMPTY_DRAFT: ComposerDraft = { text: '', replyTo: null, editing: null, files: [] };

export type ChangeDraft = (changes: Partial<ComposerDraft>) => void;

/** Drafts outlive the panel, so that a begun text is still there when it is opened again. */
const drafts = new WeakMap<Chat, ComposerDraft>();

export function useComposerDraft(chat: Chat): [ComposerDraft, ChangeDraft] {
  const [draft, setDraft] = useState(() => drafts.get(chat) ?? EMPTY_DRAFT);
  const change = useCallback<ChangeDraft>(
    (changes) =>
      setDraft((before) => {
        const after = { ...before, ...changes };
        drafts.set(chat, after);
        return after;
      }),
    [chat],
  );
  return [draft, change];
}
