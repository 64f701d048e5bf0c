import { LIMITS, type User } from '@minimeet/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { AppBar } from '../app/AppBar.js';
import { useTitle } from '../app/use-title.js';
import { chooseLanguage } from '../i18n/i18n.js';
import { languageOf, LANGUAGES, type Language } from '../i18n/languages.js';
import { fieldSentenceOf, sentenceOf } from '../session/sentences.js';
import { useAccount, withApi } from '../session/session.js';
import { THEMES, useTheme } from '../theme/theme.js';
import { Button } from '../ui/Button.js';
import { Field } from '../ui/Field.js';
import { HintProvider } from '../ui/IconButton.js';
import { Select } from '../ui/Select.js';
import { Switch } from '../ui/Switch.js';
import { useToast } from '../ui/Toasts.js';
import { useOnce } from '../ui/use-once.js';
import { PictureForm } from './PictureForm.js';
import './ProfilePage.css';

/** `/account`: how others see one, and how the page looks. */
export default function ProfilePage() {
  const { t } = useTranslation('profile');
  useTitle(t('title'));
  const account = useAccount();
  if (!account) return <Navigate to="/sign-in?next=%2Faccount" replace />;
  return (
    <HintProvider>
      <div className="profile">
        <AppBar />
        <main className="profile__main">
          <div>
            <h1 className="profile__title">{t('title')}</h1>
            <p className="profile__text">{t('text')}</p>
          </div>
          <section className="profile__card" aria-labelledby="profile-picture">
            <h2 className="profile__heading" id="profile-picture">
              {t('picture.title')}
            </h2>
            <PictureForm account={account} />
          </section>
          <div className="profile__card">
            <NameForm account={account} />
          </div>
          <section className="profile__card" aria-labelledby="profile-privacy">
            <h2 className="profile__heading" id="profile-privacy">
              {t('privacy.title')}
            </h2>
            <LastSeenSwitch account={account} />
          </section>
          <section className="profile__card" aria-labelledby="profile-looks">
            <h2 className="profile__heading" id="profile-looks">
              {t('looks.title')}
            </h2>
            <Looks />
          </section>
        </main>
      </div>
    </HintProvider>
  );
}

function NameForm({ account }: { account: User }) {
  const { t } = useTranslation('profile');
  const toast = useToast();
  const [name, setName] = useState(account.displayName);
  const [failure, setFailure] = useState<unknown>(null);
  const { busy, run } = useOnce(async () => {
    setFailure(null);
    const { displayName } = await withApi((api) => api.updateMe({ displayName: name.trim() }));
    setName(displayName);
    toast(t('name.saved'));
  }, setFailure);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) run();
      }}
    >
      <div className="profile__name">
        <Field
          label={t('name.label')}
          hint={t('name.hint')}
          error={failure === null ? undefined : (fieldSentenceOf(failure, 'displayName') ?? sentenceOf(failure))}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={LIMITS.displayNameLength}
          autoComplete="name"
          required
        />
        <Button
          type="submit"
          look="primary"
          className="profile__save"
          busy={busy}
          disabled={name.trim() === account.displayName || name.trim() === ''}
        >
          {t('save', { ns: 'common' })}
        </Button>
      </div>
      <p className="profile__note">{t('email', { email: account.email ?? '' })}</p>
    </form>
  );
}

function LastSeenSwitch({ account }: { account: User }) {
  const { t } = useTranslation('profile');
  const toast = useToast();
  // The choice, until the server has it.
  const [chosen, setChosen] = useState<boolean | null>(null);
  const { run } = useOnce(
    async (showLastSeen: boolean) => {
      setChosen(showLastSeen);
      try {
        await withApi((api) => api.updateMe({ showLastSeen }));
      } finally {
        setChosen(null);
      }
    },
    (error) => toast(sentenceOf(error)),
  );
  return (
    <Switch
      label={t('privacy.lastSeen')}
      hint={t('privacy.lastSeenHint')}
      checked={chosen ?? account.showLastSeen}
      onChange={run}
    />
  );
}

function Looks() {
  const { t, i18n } = useTranslation('profile');
  const [theme, chooseTheme] = useTheme();
  return (
    <div className="profile__looks">
      <div>
        <Select
          label={t('looks.language')}
          value={languageOf(i18n.language)}
          options={(Object.keys(LANGUAGES) as Language[]).map((value) => ({
            value,
            label: LANGUAGES[value],
            lang: value,
          }))}
          onChange={(language) => void chooseLanguage(language)}
        />
      </div>
      <div>
        <Select
          label={t('looks.theme')}
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`theme.${value}`, { ns: 'common' }) }))}
          onChange={chooseTheme}
        />
      </div>
    </div>
  );
}
