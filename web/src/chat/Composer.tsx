import { LIMITS } from '@minimeet/protocol';
import { Check, Paperclip, SendHorizontal, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.js';
import { useChatDesk } from './chat-desk.js';
import { EMPTY_DRAFT, type ChangeDraft, type ComposerDraft } from './composer-draft.js';
import { DraftFiles } from './DraftFiles.js';
import { MentionList } from './MentionList.js';
import { InlineText } from './MessageText.js';
import { useMentions } from './use-mentions.js';
import { useSending } from './use-sending.js';
import './Composer.css';

interface ComposerProps {
  draft: ComposerDraft;
  onChange: ChangeDraft;
  onFiles: (files: readonly File[]) => void;
  /** Up in an empty field: one's own newest message is to be edited. */
  onEditLast: () => void;
  onSent: () => void;
}

/** Enter sends, Shift+Enter begins a new line, Escape ends an answer or an edit. */
export function Composer({ draft, onChange, onFiles, onEditLast, onSent }: ComposerProps) {
  const { t } = useTranslation('chat');
  const { chat, people, self } = useChatDesk();
  const field = useRef<HTMLTextAreaElement>(null);
  const others = [...people.values()].filter(({ userId }) => userId !== self.userId);
  const mentions = useMentions(field, others, (text) => onChange({ text }));
  const { text, replyTo, editing, files } = draft;
  useFocus(field, draft);

  const { canSend, busy, send } = useSending(draft, onChange, onSent);
  const cancel = () => onChange(editing ? EMPTY_DRAFT : { replyTo: null });
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes a word, the keys belong to it.
    if (event.nativeEvent.isComposing || mentions.onKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && (replyTo || editing)) {
      // Otherwise it would close the panel as well.
      event.preventDefault();
      cancel();
    } else if (event.key === 'ArrowUp' && text === '' && !editing) {
      event.preventDefault();
      onEditLast();
    }
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <MentionList mentions={mentions} />
      <DraftAbout draft={draft} onCancel={cancel} />
      <DraftFiles files={files} onRemove={(removed) => onChange({ files: files.filter((file) => file !== removed) })} />
      <div className="composer__line">
        {!editing && <AttachButton onFiles={onFiles} />}
        <textarea
          ref={field}
          className="composer__text"
          aria-label={t('message')}
          placeholder={t('placeholder')}
          rows={1}
          maxLength={LIMITS.messageLength}
          value={text}
          aria-autocomplete="list"
          aria-controls={mentions.suggestions.length > 0 ? mentions.listId : undefined}
          aria-activedescendant={mentions.suggestions.length > 0 ? `${mentions.listId}-${mentions.active}` : undefined}
          onChange={({ currentTarget }) => {
            onChange({ text: currentTarget.value });
            chat.setTyping(currentTarget.value !== '');
          }}
          onSelect={mentions.look}
          onBlur={mentions.close}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const pasted = [...event.clipboardData.files];
            if (pasted.length === 0 || editing) return;
            event.preventDefault();
            onFiles(pasted);
          }}
        />
        <IconButton
          label={t(editing ? 'saveEdit' : 'send')}
          type="submit"
          className="composer__button composer__send"
          disabled={!canSend || busy}
        >
          {editing ? <Check size={20} aria-hidden="true" /> : <SendHorizontal size={20} aria-hidden="true" />}
        </IconButton>
      </div>
      <Remaining text={text} />
    </form>
  );
}

/** Which message is answered or edited. */
function DraftAbout({ draft: { replyTo, editing }, onCancel }: { draft: ComposerDraft; onCancel: () => void }) {
  const { t } = useTranslation('chat');
  if (!replyTo && !editing) return null;
  return (
    <div className="composer__about">
      <p className="composer__about-text">
        <strong>{editing ? t('editing') : t('replyingTo', { name: replyTo?.senderName ?? '' })}</strong>
        {replyTo && (
          <span>
            <InlineText text={replyTo.text} />
          </span>
        )}
      </p>
      <IconButton label={t(editing ? 'cancelEdit' : 'cancelReply')} onClick={onCancel}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function AttachButton({ onFiles }: Pick<ComposerProps, 'onFiles'>) {
  const { t } = useTranslation('chat');
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label={t('file.attach')} className="composer__button" onClick={() => picker.current?.click()}>
        <Paperclip size={20} aria-hidden="true" />
      </IconButton>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
    </>
  );
}

/** Characters that are left, when they get few. */
const FEW_LEFT = 200;

function Remaining({ text }: { text: string }) {
  const { t } = useTranslation('chat');
  const left = LIMITS.messageLength - text.length;
  if (left > FEW_LEFT) return null;
  return <p className="composer__left">{t('charactersLeft', { count: left })}</p>;
}

/**
 * Focuses the field when one begins to answer or to edit, and when the chat opens. A touch screen waits at the opening,
 * because its keyboard would come at once.
 */
function useFocus(field: RefObject<HTMLTextAreaElement | null>, { replyTo, editing }: ComposerDraft): void {
  const begins = useRef(true);
  const about = replyTo?.id ?? editing?.id ?? null;
  useEffect(() => {
    const element = field.current;
    const isTouch = window.matchMedia('(hover: none)').matches;
    if (element && (begins.current ? !isTouch : about !== null)) {
      element.focus();
      element.setSelectionRange(element.value.length, element.value.length);
    }
    begins.current = false;
  }, [field, about]);
}
