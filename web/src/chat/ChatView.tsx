import type { MessageId, Participant, Role, UserId } from '@minimeet/protocol';
import { LIMITS } from '@minimeet/protocol';
import { quoteOf, type Chat } from '@minimeet/sdk';
import { ArrowDown, Upload } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../session/sentences.js';
import { Button } from '../ui/Button.js';
import { Confirm } from '../ui/Confirm.js';
import { useToast } from '../ui/Toasts.js';
import { ChatDeskContext, type ChatDesk } from './chat-desk.js';
import { ChatSearch } from './ChatSearch.js';
import { useChatState } from './chat-store.js';
import { useComposerDraft } from './composer-draft.js';
import { Composer } from './Composer.js';
import { MessageList } from './MessageList.js';
import { useHistorySource, useLiveSource } from './message-source.js';
import { outboxOf } from './outbox.js';
import { TypingLine } from './TypingLine.js';
import { useAnnouncements } from './use-announcements.js';
import { useFileDrop } from './use-file-drop.js';
import { useJump } from './use-jump.js';
import { usePeople } from './use-people.js';
import { useReading } from './use-reading.js';
import './ChatView.css';

export interface ChatViewProps {
  chat: Chat;
  self: { userId: UserId; displayName: string };
  role: Role;
  /** Who is in the call. */
  present: readonly Participant[];
  searching: boolean;
  onSearching: (searching: boolean) => void;
}

/** A whole chat: messages, search, and what one writes. It fills what it is put in. */
export default function ChatView({ chat, self, role, present, searching, onSearching }: ChatViewProps) {
  const { t } = useTranslation('chat');
  const state = useChatState(chat);
  const outbox = outboxOf(chat);
  const outgoing = useSyncExternalStore(outbox.subscribe, outbox.getSnapshot);
  const people = usePeople(chat.slug, present);
  const toast = useToast();
  const fail = useCallback((error: unknown) => toast(sentenceOf(error)), [toast]);
  const [draft, changeDraft] = useComposerDraft(chat);
  const [removing, setRemoving] = useState<MessageId | null>(null);
  const { target, historyAt, jumpTo, backToNewest } = useJump(chat, fail);
  const live = useLiveSource(chat, state);
  const history = useHistorySource(chat, historyAt, fail);
  const source = historyAt === null ? live : history;
  const { newAfter, onAtEnd } = useReading(chat, state.messages.at(-1)?.sequence ?? 0, searching || historyAt !== null);
  const said = useAnnouncements(chat, self.userId);
  const addFiles = useCallback(
    (files: readonly File[]) => {
      const all = [...draft.files, ...files];
      if (all.length > LIMITS.unsentAttachments) toast(t('file.tooMany', { count: LIMITS.unsentAttachments }));
      if (!draft.editing) changeDraft({ files: all.slice(0, LIMITS.unsentAttachments) });
    },
    [draft, changeDraft, toast, t],
  );
  const drop = useFileDrop(addFiles);

  const shown = useRef(source.messages);
  useEffect(() => {
    shown.current = source.messages;
  });
  const desk = useMemo<ChatDesk>(() => {
    const find = (id: MessageId) => shown.current.find((message) => message.id === id);
    return {
      chat,
      outbox,
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
      remove: setRemoving,
      fail,
    };
  }, [chat, outbox, self, role, people, jumpTo, changeDraft, fail]);

  const editLast = () => {
    const last = state.messages.findLast(
      ({ senderId, content, deletedAt }) => senderId === self.userId && content.type !== 'system' && deletedAt === null,
    );
    if (last) desk.edit(last.id);
  };
  return (
    <ChatDeskContext value={desk}>
      <div className="chat-view" {...drop.handlers}>
        {searching && (
          <ChatSearch
            onClose={() => onSearching(false)}
            onJump={(message) => {
              onSearching(false);
              jumpTo(message);
            }}
          />
        )}
        {/* Kept as it is under the search, so that one comes back to where one was. */}
        <div className="chat-view__messages" hidden={searching}>
          {state.connection === 'reconnecting' && (
            <p className="chat-view__state" role="status">
              {t('reconnecting')}
            </p>
          )}
          {historyAt !== null && (
            <div className="chat-view__history">
              <span>{t('history')}</span>
              <Button size="small" onClick={backToNewest}>
                <ArrowDown size={16} aria-hidden="true" /> {t('toNewest')}
              </Button>
            </div>
          )}
          <MessageList
            key={historyAt === null ? 'live' : `history ${historyAt}`}
            source={source}
            outgoing={historyAt === null ? outgoing : []}
            newAfter={historyAt === null ? newAfter : null}
            unread={state.unreadCount}
            target={target}
            onAtEnd={onAtEnd}
          />
          <TypingLine people={state.typing} />
          <Composer
            draft={draft}
            onChange={changeDraft}
            onFiles={addFiles}
            onEditLast={editLast}
            onSent={backToNewest}
          />
        </div>
        {drop.over && (
          <div className="chat-view__drop">
            <Upload size={28} aria-hidden="true" />
            <p>{t('file.drop')}</p>
          </div>
        )}
        <p className="visually-hidden" role="status">
          {said}
        </p>
        <Confirm
          open={removing !== null}
          onClose={() => setRemoving(null)}
          title={t('delete.title')}
          text={t('delete.text')}
          confirmLabel={t('actions.delete')}
          onConfirm={async () => {
            if (removing !== null) await chat.deleteMessage(removing);
          }}
        />
      </div>
    </ChatDeskContext>
  );
}
