import type { ChatMessage, SearchHit } from '@minimeet/protocol';
import { Search, SlidersHorizontal, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.js';
import { FoundText } from '../search/FoundText.js';
import { Button } from '../ui/Button.js';
import { IconButton } from '../ui/IconButton.js';
import { Select } from '../ui/Select.js';
import { Spinner } from '../ui/Spinner.js';
import { useChatDesk } from './chat-desk.js';
import { NO_WISH, useChatSearch, type SearchWish } from './use-chat-search.js';
import './ChatSearch.css';

interface ChatSearchProps {
  onJump: (message: ChatMessage) => void;
  onClose: () => void;
}

const ANYBODY = '';

/** In place of the messages: words, who and when, and what was found. */
export function ChatSearch({ onJump, onClose }: ChatSearchProps) {
  const { t } = useTranslation('chat');
  const { chat } = useChatDesk();
  const [wish, setWish] = useState<SearchWish>(NO_WISH);
  const [narrowing, setNarrowing] = useState(false);
  const found = useChatSearch(chat.slug, wish);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const change = (changes: Partial<SearchWish>) => setWish((before) => ({ ...before, ...changes }));
  return (
    <div
      className="chat-search"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The panel stays open.
        event.preventDefault();
        onClose();
      }}
    >
      <search className="chat-search__form">
        <div className="chat-search__line">
          <Search size={18} aria-hidden="true" />
          <input
            ref={field}
            className="chat-search__words"
            type="search"
            aria-label={t('search.label')}
            placeholder={t('search.placeholder')}
            maxLength={200}
            value={wish.words}
            onChange={({ currentTarget }) => change({ words: currentTarget.value })}
          />
          {found.searching && <Spinner />}
          <IconButton label={t('search.narrow')} aria-expanded={narrowing} onClick={() => setNarrowing(!narrowing)}>
            <SlidersHorizontal size={18} aria-hidden="true" />
          </IconButton>
          <IconButton label={t('search.close')} onClick={onClose}>
            <X size={18} aria-hidden="true" />
          </IconButton>
        </div>
        {narrowing && <SearchBounds wish={wish} onChange={change} />}
      </search>
      <SearchResults words={wish.words.trim()} found={found} onJump={onJump} />
    </div>
  );
}

/** Whose messages, and of which days. */
function SearchBounds({ wish, onChange }: { wish: SearchWish; onChange: (changes: Partial<SearchWish>) => void }) {
  const { t } = useTranslation('chat');
  const { people, self } = useChatDesk();
  const names = [...people.values()].map(({ userId, displayName }) => ({
    value: userId,
    label: userId === self.userId ? t('you', { ns: 'common' }) : displayName,
  }));
  return (
    <div className="chat-search__bounds">
      <div className="chat-search__sender">
        <Select
          label={t('search.sender')}
          size="small"
          value={wish.sender ?? ANYBODY}
          options={[{ value: ANYBODY, label: t('search.anybody') }, ...names]}
          onChange={(sender) => onChange({ sender: sender === ANYBODY ? null : sender })}
        />
      </div>
      <label className="chat-search__day">
        <span className="field__label">{t('search.from')}</span>
        <input
          type="date"
          max={wish.to || undefined}
          value={wish.from}
          onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
        />
      </label>
      <label className="chat-search__day">
        <span className="field__label">{t('search.to')}</span>
        <input
          type="date"
          min={wish.from || undefined}
          value={wish.to}
          onChange={({ currentTarget }) => onChange({ to: currentTarget.value })}
        />
      </label>
    </div>
  );
}

interface SearchResultsProps extends Pick<ChatSearchProps, 'onJump'> {
  words: string;
  found: ReturnType<typeof useChatSearch>;
}

function SearchResults({ words, found, onJump }: SearchResultsProps) {
  const { t } = useTranslation('chat');
  return (
    <div className="chat-search__results" tabIndex={-1}>
      <p className="visually-hidden" role="status">
        {found.hits !== null && !found.searching ? t('search.found', { count: found.hits.length }) : ''}
      </p>
      {found.problem !== null && (
        <p className="chat-search__note" role="alert">
          {found.problem}
        </p>
      )}
      {found.problem === null && found.hits === null && (
        <p className="chat-search__note">{words === '' ? t('search.hint') : t('search.searching')}</p>
      )}
      {found.problem === null && found.hits?.length === 0 && !found.searching && (
        <p className="chat-search__note">{t('search.nothing', { words: words })}</p>
      )}
      <ul>
        {found.hits?.map((hit) => (
          <li key={hit.message.id}>
            <Hit hit={hit} onJump={onJump} />
          </li>
        ))}
      </ul>
      {found.more && (
        <Button size="small" className="chat-search__more" onClick={found.more}>
          {t('search.more')}
        </Button>
      )}
    </div>
  );
}

function Hit({ hit: { message, highlights }, onJump }: { hit: SearchHit; onJump: (message: ChatMessage) => void }) {
  const { t } = useTranslation('chat');
  const { self } = useChatDesk();
  const format = useFormat();
  const { content } = message;
  return (
    <button type="button" className="hit" onClick={() => onJump(message)}>
      <span className="hit__head">
        <span className="hit__name">
          {message.senderId === self.userId ? t('you', { ns: 'common' }) : message.senderName}
        </span>
        <time dateTime={message.sentAt}>
          {format.date(message.sentAt)}, {format.time(message.sentAt)}
        </time>
      </span>
      {content.type !== 'system' && content.text !== '' && (
        <span className="hit__text">
          <FoundText text={content.text} highlights={highlights} />
        </span>
      )}
      {content.type !== 'system' && content.type !== 'text' && (
        <span className="hit__file">{content.attachment.fileName}</span>
      )}
    </button>
  );
}
