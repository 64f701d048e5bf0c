import { LIMITS, ROOM_ACCESS, type RoomAccess } from '@minimeet/protocol';
import { useTranslation } from 'react-i18next';
import { Radios } from '../ui/Choice.js';
import { Field } from '../ui/Field.js';
import './AccessFields.css';

interface AccessFieldsProps {
  access: RoomAccess;
  onAccess: (access: RoomAccess) => void;
  password: string;
  onPassword: (password: string) => void;
  /** The room has one that goes on when no other is given. */
  hasPassword: boolean;
  passwordError: string | undefined;
}

/** Asks who may come into a room, and for its password. */
export function AccessFields({
  access,
  onAccess,
  password,
  onPassword,
  hasPassword,
  passwordError,
}: AccessFieldsProps) {
  const { t } = useTranslation('rooms');
  return (
    <div className="access-fields">
      <Radios
        label={t('access.label')}
        value={access}
        onChange={onAccess}
        options={ROOM_ACCESS.map((value) => ({
          value,
          label: t(`access.${value}.title`),
          hint: t(`access.${value}.hint`),
        }))}
      />
      {access === 'password' && (
        <Field
          label={t(hasPassword ? 'newPassword' : 'password')}
          hint={hasPassword ? t('passwordKeep') : t('passwordHint', { min: LIMITS.roomPasswordMinLength })}
          error={passwordError}
          type="text"
          autoComplete="off"
          spellCheck={false}
          minLength={LIMITS.roomPasswordMinLength}
          maxLength={LIMITS.roomPasswordMaxLength}
          required={!hasPassword}
          value={password}
          onChange={(event) => onPassword(event.target.value)}
        />
      )}
    </div>
  );
}
