import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { isNoEntry, isSignedOut, sentenceOf } from '../session/sentences.js';
import { Button } from '../ui/Button.js';
import { Notice } from '../ui/Notice.js';

/** Why there is nothing to show, and what one can do. */
export function HistoryProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('history');
  const { pathname } = useLocation();
  if (isSignedOut(error)) return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname)}`} replace />;
  if (isNoEntry(error)) {
    return (
      <Notice tone="danger" title={t('noEntry.title')}>
        {t('noEntry.text')}
      </Notice>
    );
  }
  return (
    <Notice
      tone="danger"
      action={
        <Button size="small" onClick={onRetry}>
          {t('tryAgain', { ns: 'common' })}
        </Button>
      }
    >
      {sentenceOf(error)}
    </Notice>
  );
}
