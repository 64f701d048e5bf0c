import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppBar } from '../app/AppBar.js';
import { useTitle } from '../app/use-title.js';
import { LocalMedia } from '../devices/local-media.js';
import { HintProvider } from '../ui/IconButton.js';
import { Check } from './Check.js';
import './CheckPage.css';

/** `/check`: whether a call would work, without a room. */
export default function CheckPage() {
  const { t } = useTranslation('check');
  useTitle(t('title'));
  const [media] = useState(() => new LocalMedia());
  useEffect(() => {
    void media.start();
    return () => media.stop();
  }, [media]);
  return (
    <HintProvider>
      <div className="check-page">
        <AppBar />
        <main className="check-page__main">
          <div>
            <h1 className="check-page__title">{t('title')}</h1>
            <p className="check-page__text">{t('text')}</p>
          </div>
          <Check media={media} signInPath="/sign-in?next=%2Fcheck" />
        </main>
      </div>
    </HintProvider>
  );
}
