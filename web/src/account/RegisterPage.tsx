import { LIMITS } from '@minimeet/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { useTitle } from '../app/use-title.js';
import { fieldSentenceOf, sentenceOf } from '../session/sentences.js';
import { signIn, useAccount } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { Field } from '../ui/Field.js';
import { Notice } from '../ui/Notice.js';
import { useOnce } from '../ui/use-once.js';
import { AccountPage } from './AccountPage.js';
import { formText } from './form-text.js';
import { nextPath } from './next-path.js';

const FIELDS = ['displayName', 'email', 'password'];

export function RegisterPage() {
  const { t } = useTranslation('account');
  useTitle(t('register.window'));
  const [search] = useSearchParams();
  const account = useAccount();
  const [failure, setFailure] = useState<unknown>(null);
  const { busy, run } = useOnce(async (form: FormData) => {
    setFailure(null);
    const body = {
      displayName: formText(form, 'displayName').trim(),
      email: formText(form, 'email').trim(),
      password: formText(form, 'password'),
    };
    await signIn((api) => api.register(body));
  }, setFailure);

  if (account) return <Navigate to={nextPath(search)} replace />;
  const belongsToField = FIELDS.some((field) => fieldSentenceOf(failure, field));
  return (
    <AccountPage
      title={t('register.title')}
      text={t('register.text')}
      footer={
        <>
          {t('register.other')} <Link to={`/sign-in?${search.toString()}`}>{t('register.otherLink')}</Link>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run(new FormData(event.currentTarget));
        }}
      >
        {failure !== null && !belongsToField && (
          <div className="account__problem">
            <Notice tone="danger">{sentenceOf(failure)}</Notice>
          </div>
        )}
        <div className="account__fields">
          <Field
            label={t('name')}
            name="displayName"
            autoComplete="name"
            maxLength={LIMITS.displayNameLength}
            required
            autoFocus
            hint={t('nameHint')}
            error={fieldSentenceOf(failure, 'displayName')}
          />
          <Field
            label={t('email')}
            name="email"
            type="email"
            autoComplete="username"
            maxLength={LIMITS.emailLength}
            required
            error={fieldSentenceOf(failure, 'email')}
          />
          <Field
            label={t('password')}
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={LIMITS.passwordMinLength}
            maxLength={LIMITS.passwordMaxLength}
            required
            hint={t('passwordHint', { min: LIMITS.passwordMinLength })}
            error={fieldSentenceOf(failure, 'password')}
          />
        </div>
        <Button type="submit" look="primary" size="large" className="account__submit" busy={busy}>
          {t('register.submit')}
        </Button>
      </form>
    </AccountPage>
  );
}
