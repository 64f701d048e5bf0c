import type { Call, Page } from '@minimeet/protocol';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams } from 'react-router';
import { useTitle } from '../app/use-title.js';
import { sentenceOf } from '../session/sentences.js';
import { useUser, withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { useToast } from '../ui/Toasts.js';
import { useOnce } from '../ui/use-once.js';
import { CallCard } from './CallCard.js';
import { HistoryFrame } from './HistoryFrame.js';
import { HistoryProblem } from './HistoryProblem.js';
import { useLoaded } from '../app/use-loaded.js';
import './CallsPage.css';

const LIVE_REFRESH_MS = 15_000;

/** `/r/:slug/calls`: the calls of a room, the newest first. */
export default function CallsPage() {
  const { slug = '' } = useParams();
  if (!useUser()) return <Navigate to={`/sign-in?next=${encodeURIComponent(`/r/${slug}/calls`)}`} replace />;
  return <Calls key={slug} slug={slug} />;
}

function Calls({ slug }: { slug: string }) {
  const { t } = useTranslation('history');
  const { value, error, reload } = useLoaded(
    useCallback(async () => {
      const [room, page] = await Promise.all([withApi((api) => api.room(slug)), withApi((api) => api.calls(slug))]);
      return { room, page };
    }, [slug]),
    ({ page }) => (page.items.some(({ endedAt }) => endedAt === null) ? LIVE_REFRESH_MS : null),
  );
  const older = useOlder(slug, value?.page ?? null);
  const title = value ? t('calls.titleOf', { room: value.room.name }) : t('calls.title');
  useTitle(title);
  const calls = value && [...value.page.items, ...older.items];
  return (
    <HistoryFrame
      back={{ to: '/', label: t('myRooms', { ns: 'common' }) }}
      title={title}
      text={t('calls.text')}
      action={
        <Link className="button button--secondary button--medium" to={`/r/${slug}`}>
          {t('calls.toRoom')}
        </Link>
      }
    >
      {error !== null && <HistoryProblem error={error} onRetry={reload} />}
      {!calls && error === null && <CallsSkeleton />}
      {calls?.length === 0 && (
        <section className="calls__empty">
          <h2 className="calls__empty-title">{t('calls.emptyTitle')}</h2>
          <p className="calls__empty-text">{t('calls.emptyText')}</p>
        </section>
      )}
      {calls && calls.length > 0 && (
        <ul className="calls__list" aria-label={t('calls.title')}>
          {calls.map((call) => (
            <CallCard key={call.id} call={call} slug={slug} />
          ))}
        </ul>
      )}
      {older.hasMore && (
        <Button className="calls__more" busy={older.busy} onClick={older.load}>
          {t('calls.older')}
        </Button>
      )}
    </HistoryFrame>
  );
}

/** The pages after the first, which is refreshed by itself. */
function useOlder(slug: string, first: Page<Call> | null) {
  const toast = useToast();
  const [pages, setPages] = useState<Page<Call>[]>([]);
  const next = pages.length > 0 ? (pages.at(-1)?.next ?? null) : (first?.next ?? null);
  const { busy, run } = useOnce(
    async () => {
      if (next === null) return;
      const page = await withApi((api) => api.calls(slug, { after: next }));
      setPages((before) => [...before, page]);
    },
    (error) => toast(sentenceOf(error)),
  );
  return { items: pages.flatMap(({ items }) => items), hasMore: next !== null, busy, load: () => run() };
}

function CallsSkeleton() {
  const { t } = useTranslation('history');
  return (
    <div className="calls__list" aria-busy="true" aria-label={t('calls.loading')}>
      {[1, 2, 3, 4].map((place) => (
        <div key={place} className="calls__skeleton" />
      ))}
    </div>
  );
}
