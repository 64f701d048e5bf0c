import { LIMITS, type RoomAccess } from '@minimeet/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldSentenceOf, sentenceOf } from '../session/sentences.js';
import { Field } from '../ui/Field.js';
import { Notice } from '../ui/Notice.js';
import { AccessFields } from './AccessFields.js';

/** The name of a room and its access, as a form holds them. */
export interface RoomDraft {
  name: string;
  setName: (name: string) => void;
  access: RoomAccess;
  setAccess: (access: RoomAccess) => void;
  password: string;
  setPassword: (password: string) => void;
  /** As requests have it: without a password that was not typed. */
  body: { name: string; access: RoomAccess; password?: string };
}

export function useRoomDraft(room: { name: string; access: RoomAccess }): RoomDraft {
  const [name, setName] = useState(room.name);
  const [access, setAccess] = useState(room.access);
  const [password, setPassword] = useState('');
  const withPassword = access === 'password' && password !== '';
  const body = { name: name.trim(), access, ...(withPassword && { password }) };
  return { name, setName, access, setAccess, password, setPassword, body };
}

interface RoomFieldsProps {
  draft: RoomDraft;
  /** See `AccessFields`. */
  hasPassword: boolean;
  /** The reason why the form was refused; `null` when it was not. */
  failure: unknown;
}

export function RoomFields({ draft, hasPassword, failure }: RoomFieldsProps) {
  const { t } = useTranslation('rooms');
  return (
    <>
      <Field
        label={t('name')}
        value={draft.name}
        onChange={(event) => draft.setName(event.target.value)}
        maxLength={LIMITS.roomNameLength}
        placeholder={t('namePlaceholder')}
        autoComplete="off"
        required
        error={fieldSentenceOf(failure, 'name')}
      />
      <AccessFields
        access={draft.access}
        onAccess={draft.setAccess}
        password={draft.password}
        onPassword={draft.setPassword}
        hasPassword={hasPassword}
        passwordError={passwordSentenceOf(failure)}
      />
    </>
  );
}

/** Says the failure that no field says. */
export function RoomProblem({ failure }: { failure: unknown }) {
  if (failure === null || fieldSentenceOf(failure, 'name') || passwordSentenceOf(failure)) return null;
  return <Notice tone="danger">{sentenceOf(failure)}</Notice>;
}

function passwordSentenceOf(failure: unknown): string | undefined {
  return fieldSentenceOf(failure, 'password', 'roomPassword');
}
