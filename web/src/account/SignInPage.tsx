import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { useTitle } from '../app/use-title.js';
import { sentenceOf } from '../session/sentences.js';
import { signIn, useAccount } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { Field } from '../ui/Field.js';
import { Notice } from '../ui/Notice.js';
import { useOnce } from '../ui/use-once.js';
import { AccountPage } from './AccountPage.js';
import { formText } from './form-text.js';
import { nextPath } from './next-path.js';

export function SignInPage() {
  const { t } = useTranslation('account');
  useTitle(t('signIn.window'));
  const [search] = useSearchParams();
  const account = useAccount();
  const [failure, setFailure] = useState<unknown>(null);
  const { busy, run } = useOnce(async (form: FormData) => {
    setFailure(null);
    await signIn((api) => api.login({ email: formText(form, 'email').trim(), password: formText(form, 'password') }));
  }, setFailure);

  if (account) return <Navigate to={nextPath(search)} replace />;
  return (
    <AccountPage
      title={t('signIn.title')}
      text={t('signIn.text')}
      footer={
        <>
          {t('signIn.other')} <Link to={`/register?${search.toString()}`}>{t('signIn.otherLink')}</Link>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run(new FormData(event.currentTarget));
        }}
      >
        {failure !== null && (
          <div className="account__problem">
            <Notice tone="danger">{sentenceOf(failure)}</Notice>
          </div>
        )}
        <div className="account__fields">
          <Field label={t('email')} name="email" type="email" autoComplete="username" required autoFocus />
          <Field label={t('password')} name="password" type="password" autoComplete="current-password" required />
        </div>
        <Button type="submit" look="primary" size="large" className="account__submit" busy={busy}>
          {t('signIn.submit')}
        </Button>
      </form>
    </AccountPage>
  );
}
