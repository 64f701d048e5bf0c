import type { MessageId, Participant, Role, UserId } from '@minimeet/protocol';
import type { Chat } from '@minimeet/sdk';
import { ArrowDown, Upload } from 'lucide-react';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../session/sentences.js';
import { Button } from '../ui/Button.js';
import { Confirm } from '../ui/Confirm.js';
import { useToast } from '../ui/Toasts.js';
import { ChatDeskContext } from './chat-desk.js';
import { ChatSearch } from './ChatSearch.js';
import { useChatState } from './chat-store.js';
import { useComposerDraft } from './composer-draft.js';
import { Composer } from './Composer.js';
import { MessageList } from './MessageList.js';
import { useHistorySource, useLiveSource } from './message-source.js';
import { TypingLine } from './TypingLine.js';
import { useAnnouncements } from './use-announcements.js';
import { ownNewest, useAddFiles, useDesk } from './use-desk.js';
import { useFileDrop } from './use-file-drop.js';
import { useJump } from './use-jump.js';
import { usePeople } from './use-people.js';
import { useReading } from './use-reading.js';
import './ChatView.css';

export interface ChatViewProps {
  chat: Chat;
  self: { userId: UserId; displayName: string };
  role: Role;
  /** The people in the call. */
  present: readonly Participant[];
  searching: boolean;
  onSearching: (searching: boolean) => void;
}

/** A whole chat: messages, search and composer. It fills its container. */
export default function ChatView({ chat, self, role, present, searching, onSearching }: ChatViewProps) {
  const { t } = useTranslation('chat');
  const state = useChatState(chat);
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
  const addFiles = useAddFiles(draft, changeDraft);
  const drop = useFileDrop(addFiles);
  const desk = useDesk({ chat, self, role, people, source, changeDraft, jumpTo, remove: setRemoving, fail });
  const { outbox } = desk;
  const outgoing = useSyncExternalStore(outbox.subscribe, outbox.getSnapshot);
  const editLast = () => {
    const last = ownNewest(state, self.userId);
    if (last !== undefined) desk.edit(last);
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
          <ViewState
            reconnecting={state.connection === 'reconnecting'}
            inHistory={historyAt !== null}
            onNewest={backToNewest}
          />
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

interface ViewStateProps {
  reconnecting: boolean;
  /** A part of the history is shown alone. */
  inHistory: boolean;
  onNewest: () => void;
}

/** Says why the messages are not those of now. */
function ViewState({ reconnecting, inHistory, onNewest }: ViewStateProps) {
  const { t } = useTranslation('chat');
  return (
    <>
      {reconnecting && (
        <p className="chat-view__state" role="status">
          {t('reconnecting')}
        </p>
      )}
      {inHistory && (
        <div className="chat-view__history">
          <span>{t('history')}</span>
          <Button size="small" onClick={onNewest}>
            <ArrowDown size={16} aria-hidden="true" /> {t('toNewest')}
          </Button>
        </div>
      )}
    </>
  );
}
