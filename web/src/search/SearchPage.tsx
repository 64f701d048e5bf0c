import { LIMITS, type SearchHit } from '@minimeet/protocol';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { AppBar } from '../app/AppBar.js';
import type { Pages } from '../app/use-pages.js';
import { useTitle } from '../app/use-title.js';
import { sentenceOf } from '../session/sentences.js';
import { useAccount } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { Field } from '../ui/Field.js';
import { HintProvider } from '../ui/IconButton.js';
import { Notice } from '../ui/Notice.js';
import { Select } from '../ui/Select.js';
import { Hit } from './Hit.js';
import { useFilters, useHits, type Filters } from './use-search.js';
import './SearchPage.css';

/** After the last key. */
const TYPING_MS = 300;

/** `/search`: the messages of all rooms that one is in. */
export default function SearchPage() {
  const { t } = useTranslation('search');
  const [filters, change] = useFilters();
  useTitle(filters.q ? `${filters.q} – ${t('title')}` : t('title'));
  if (!useAccount()) return <Navigate to="/sign-in?next=%2Fsearch" replace />;
  return (
    <HintProvider>
      <div className="search">
        <AppBar />
        <main className="search__main">
          <div>
            <h1 className="search__title">{t('title')}</h1>
            <p className="search__text">{t('text')}</p>
          </div>
          <Finder filters={filters} change={change} />
        </main>
      </div>
    </HintProvider>
  );
}

interface FinderProps {
  filters: Filters;
  change: (change: Partial<Filters>) => void;
}

function Finder({ filters, change }: FinderProps) {
  const hits = useHits(filters);
  const senders = useSenders(hits.items ?? []);
  return (
    <>
      <SearchForm filters={filters} change={change} senders={senders} />
      <Hits hits={hits} filters={filters} />
    </>
  );
}

/** Everybody who wrote something that was found since the page is open, by name. */
function useSenders(hits: SearchHit[]): ReadonlyMap<string, string> {
  const [senders, setSenders] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    setSenders((before) => {
      const found = hits.flatMap(({ message: { senderId, senderName } }) =>
        senderId !== null && before.get(senderId) !== senderName ? [[senderId, senderName] as const] : [],
      );
      return found.length === 0 ? before : new Map([...before, ...found]);
    });
  }, [hits]);
  return senders;
}

function SearchForm({ filters, change, senders }: FinderProps & { senders: ReadonlyMap<string, string> }) {
  const { t } = useTranslation('search');
  const [words, setWords] = useState(filters.q);
  useEffect(() => {
    if (words === filters.q) return undefined;
    const timer = setTimeout(() => change({ q: words }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [words, filters.q, change]);
  const narrowed = filters.sender !== '' || filters.from !== '' || filters.to !== '';
  return (
    <form
      className="search__form"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        change({ q: words });
      }}
    >
      <div className="search__words">
        <Search className="search__icon" size={20} aria-hidden="true" />
        <Field
          label={t('query')}
          hint={t('hint')}
          type="search"
          placeholder={t('placeholder')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          maxLength={LIMITS.searchLength}
          autoComplete="off"
          autoFocus
        />
      </div>
      <div className="search__filters">
        <div>
          <Select
            label={t('sender')}
            value={filters.sender}
            options={[
              { value: '', label: t('anybody') },
              ...[...senders].map(([value, label]) => ({ value, label })),
              ...(filters.sender === '' || senders.has(filters.sender)
                ? []
                : [{ value: filters.sender, label: t('unknown') }]),
            ]}
            onChange={(sender) => change({ sender })}
          />
        </div>
        <Field
          label={t('from')}
          type="date"
          value={filters.from}
          max={filters.to || undefined}
          onChange={(event) => change({ from: event.target.value })}
        />
        <Field
          label={t('to')}
          type="date"
          value={filters.to}
          min={filters.from || undefined}
          onChange={(event) => change({ to: event.target.value })}
        />
        <Button
          className="search__clear"
          look="quiet"
          hidden={!narrowed}
          onClick={() => change({ sender: '', from: '', to: '' })}
        >
          {t('clear')}
        </Button>
      </div>
    </form>
  );
}

function Hits({ hits, filters }: { hits: Pages<SearchHit>; filters: Filters }) {
  const { t } = useTranslation('search');
  if (filters.q.trim() === '') return null;
  if (hits.error !== null) return <Notice tone="danger">{sentenceOf(hits.error)}</Notice>;
  return (
    <section aria-busy={hits.busy} aria-label={t('found')}>
      <p className="visually-hidden" role="status">
        {hits.busy ? t('searching') : hits.items?.length === 0 ? t('none') : ''}
      </p>
      {hits.items?.length === 0 && !hits.busy && (
        <div className="search__none">
          <h2 className="search__none-title">{t('none')}</h2>
          <p className="search__text">{t('noneHint')}</p>
        </div>
      )}
      {hits.items && hits.items.length > 0 && (
        <ul className="search__hits" data-busy={hits.busy ? '' : undefined}>
          {hits.items.map((hit) => (
            <Hit key={hit.message.id} hit={hit} />
          ))}
        </ul>
      )}
      {hits.hasMore && (
        <Button className="search__more" busy={hits.busy} onClick={hits.loadMore}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}
