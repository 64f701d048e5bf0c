import { LIMITS } from '@minimeet/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../ui/Button.js';
import { Field } from '../ui/Field.js';
import type { DoorProps } from './Door.js';
import { DoorProblem } from './DoorProblem.js';

type GuestFormProps = Pick<DoorProps, 'joining' | 'failure' | 'onJoin'> & { signInPath: string };

/** Somebody with an invite and without an account needs a name, nothing else. */
export function GuestForm({ joining, failure, onJoin, signInPath }: GuestFormProps) {
  const { t } = useTranslation('prejoin');
  const [name, setName] = useState('');
  return (
    <form
      className="pre-join__form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() && !joining) onJoin({ guestName: name.trim() });
      }}
    >
      <p className="pre-join__text">{t('guestText')}</p>
      <DoorProblem failure={failure} />
      <Field
        label={t('yourName')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={LIMITS.displayNameLength}
        autoComplete="name"
        required
        autoFocus
      />
      <Button type="submit" look="primary" size="large" className="pre-join__join" busy={joining}>
        {t('joinAsGuest')}
      </Button>
      <p className="pre-join__text pre-join__sign-in">
        {t('haveAccount')} <Link to={signInPath}>{t('signIn')}</Link>
      </p>
    </form>
  );
}
