import { LIMITS } from '@minimeet/protocol';
import { Check, Paperclip, SendHorizontal, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.js';
import { useOnce } from '../ui/use-once.js';
import { useChatDesk } from './chat-desk.js';
import { EMPTY_DRAFT, type ComposerDraft } from './composer-draft.js';
import { DraftFiles } from './DraftFiles.js';
import { mentionedIn } from './mention-text.js';
import { MentionList } from './MentionList.js';
import { InlineText } from './MessageText.js';
import { useMentions } from './use-mentions.js';
import './Composer.css';

interface ComposerProps {
  draft: ComposerDraft;
  onChange: (changes: Partial<ComposerDraft>) => void;
  onFiles: (files: readonly File[]) => void;
  /** Up in an empty field: one's own newest message is to be edited. */
  onEditLast: () => void;
  onSent: () => void;
}

/** Enter sends, Shift+Enter begins a new line, Escape ends an answer or an edit. */
export function Composer({ draft, onChange, onFiles, onEditLast, onSent }: ComposerProps) {
  const { t } = useTranslation('chat');
  const { chat, outbox, people, self, fail } = useChatDesk();
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const everybody = [...people.values()];
  const others = everybody.filter(({ userId }) => userId !== self.userId);
  const mentions = useMentions(field, others, (text) => onChange({ text }));
  const { text, replyTo, editing, files } = draft;
  useFocus(field, draft);

  const { busy, run: saveEdit } = useOnce(async (id: string, said: string) => {
    await chat.editMessage(id, said, mentionedIn(said, everybody));
    onChange(EMPTY_DRAFT);
  }, fail);
  const said = text.trim();
  const canSend = editing ? said !== '' && said !== editing.before : said !== '' || files.length > 0;
  const send = () => {
    if (!canSend) return;
    chat.setTyping(false);
    if (editing) return saveEdit(editing.id, said);
    const called = mentionedIn(said, everybody);
    // What is said goes with the first of several files.
    const [first = null, ...more] = files;
    outbox.send({ text: said, mentions: called, replyTo, file: first });
    for (const file of more) outbox.send({ text: '', mentions: [], replyTo: null, file });
    onChange(EMPTY_DRAFT);
    onSent();
  };
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
      {(replyTo || editing) && (
        <div className="composer__about">
          <p className="composer__about-text">
            <strong>{editing ? t('editing') : t('replyingTo', { name: replyTo?.senderName ?? '' })}</strong>
            {replyTo && (
              <span>
                <InlineText text={replyTo.text} />
              </span>
            )}
          </p>
          <IconButton label={t(editing ? 'cancelEdit' : 'cancelReply')} onClick={cancel}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      )}
      <DraftFiles files={files} onRemove={(removed) => onChange({ files: files.filter((file) => file !== removed) })} />
      <div className="composer__line">
        {!editing && (
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
        )}
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

/** Characters that are left, when they get few. */
const FEW_LEFT = 200;

function Remaining({ text }: { text: string }) {
  const { t } = useTranslation('chat');
  const left = LIMITS.messageLength - text.length;
  if (left > FEW_LEFT) return null;
  return <p className="composer__left">{t('charactersLeft', { count: left })}</p>;
}

/** The field has the focus when the chat opens and when one begins to answer or to edit. A finger does not want its keyboard at once. */
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
