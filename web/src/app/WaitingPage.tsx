import { Spinner } from '../ui/Spinner.js';
import './WaitingPage.css';

/** Shown while code or data comes; the spinner appears only when that takes a while. */
export function WaitingPage() {
  return (
    <main className="waiting-page" aria-busy="true">
      <span className="waiting-page__spinner">
        <Spinner />
        <span className="visually-hidden">Loading…</span>
      </span>
    </main>
  );
}
