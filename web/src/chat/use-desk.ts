import { LIMITS, type MessageId, type Role, type UserId } from '@minimeet/protocol';
import { quoteOf, type Chat } from '@minimeet/sdk';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../ui/Toasts.js';
import type { ChatDesk } from './chat-desk.js';
import type { ChangeDraft, ComposerDraft } from './composer-draft.js';
import type { MessageSource } from './message-source.js';
import { outboxOf } from './outbox.js';

interface DeskParts extends Pick<ChatDesk, 'self' | 'people' | 'jumpTo' | 'remove' | 'fail'> {
  chat: Chat;
  role: Role;
  /** Where the messages on the screen come from. */
  source: MessageSource;
  changeDraft: ChangeDraft;
}

/** @returns what the parts of one chat share: the same object until something in it is another. */
export function useDesk({ chat, self, role, people, source, changeDraft, jumpTo, remove, fail }: DeskParts): ChatDesk {
  const shown = useRef(source.messages);
  useEffect(() => {
    shown.current = source.messages;
  });
  return useMemo<ChatDesk>(() => {
    const find = (id: MessageId) => shown.current.find((message) => message.id === id);
    return {
      chat,
      outbox: outboxOf(chat),
      self,
      moderates: role === 'host' || role === 'moderator',
      people,
      jumpTo,
      reply: (id) => {
        const message = find(id);
        if (message) changeDraft({ replyTo: quoteOf(message), editing: null });
      },
      edit: (id) => {
        const content = find(id)?.content;
        if (content && content.type !== 'system')
          changeDraft({ editing: { id, before: content.text }, text: content.text, replyTo: null, files: [] });
      },
      remove,
      fail,
    };
  }, [chat, self, role, people, jumpTo, changeDraft, remove, fail]);
}

/** @returns adds files to what is being written, as many as one may leave unsent. */
export function useAddFiles({ files, editing }: ComposerDraft, changeDraft: ChangeDraft) {
  const { t } = useTranslation('chat');
  const toast = useToast();
  return useCallback(
    (added: readonly File[]) => {
      const all = [...files, ...added];
      if (all.length > LIMITS.unsentAttachments) toast(t('file.tooMany', { count: LIMITS.unsentAttachments }));
      if (!editing) changeDraft({ files: all.slice(0, LIMITS.unsentAttachments) });
    },
    [files, editing, changeDraft, toast, t],
  );
}

/** @returns one's own newest message that can still be edited. */
export function ownNewest({ messages }: Pick<Chat, 'messages'>, userId: UserId): MessageId | undefined {
  return messages.findLast(
    ({ senderId, content, deletedAt }) => senderId === userId && content.type !== 'system' && deletedAt === null,
  )?.id;
}
