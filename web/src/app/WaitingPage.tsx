import { useTranslation } from 'react-i18next';
import { Spinner } from '../ui/Spinner.js';
import './WaitingPage.css';

/** Shown while code or data comes; the spinner appears only when that takes a while. */
export function WaitingPage() {
  const { t } = useTranslation();
  return (
    <main className="waiting-page" aria-busy="true">
      <span className="waiting-page__spinner">
        <Spinner />
        <span className="visually-hidden">{t('loading')}</span>
      </span>
    </main>
  );
}
