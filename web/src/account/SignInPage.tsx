import { useState } from 'react';
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
  useTitle('Sign in');
  const [search] = useSearchParams();
  const account = useAccount();
  const [problem, setProblem] = useState<string | null>(null);
  const { busy, run } = useOnce(
    async (form: FormData) => {
      setProblem(null);
      await signIn((api) => api.login({ email: formText(form, 'email').trim(), password: formText(form, 'password') }));
    },
    (error) => setProblem(sentenceOf(error)),
  );

  if (account) return <Navigate to={nextPath(search)} replace />;
  return (
    <AccountPage
      title="Welcome back"
      text="Sign in to your rooms."
      footer={
        <>
          New here? <Link to={`/register?${search.toString()}`}>Create an account</Link>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run(new FormData(event.currentTarget));
        }}
      >
        {problem && (
          <div className="account__problem">
            <Notice tone="danger">{problem}</Notice>
          </div>
        )}
        <div className="account__fields">
          <Field label="E-mail address" name="email" type="email" autoComplete="username" required autoFocus />
          <Field label="Password" name="password" type="password" autoComplete="current-password" required />
        </div>
        <Button type="submit" look="primary" size="large" className="account__submit" busy={busy}>
          Sign in
        </Button>
      </form>
    </AccountPage>
  );
}
