import { Navigate, useLocation } from 'react-router';
import { isNoEntry, isSignedOut, sentenceOf } from '../session/sentences.js';
import { Button } from '../ui/Button.js';
import { Notice } from '../ui/Notice.js';

/** Why there is nothing to show, and what one can do. */
export function HistoryProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { pathname } = useLocation();
  if (isSignedOut(error)) return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname)}`} replace />;
  if (isNoEntry(error)) {
    return (
      <Notice tone="danger" title="This is not open to you">
        Only members of a room see its calls. It may also have been deleted.
      </Notice>
    );
  }
  return (
    <Notice
      tone="danger"
      action={
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {sentenceOf(error)}
    </Notice>
  );
}
