import type { Room } from '@minimeet/sdk';
import { Check, Copy } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { copyText } from '../ui/copy-text.js';
import { Dialog } from '../ui/Dialog.js';
import { Notice } from '../ui/Notice.js';
import './InviteDialog.css';

interface InviteDialogProps {
  room: Room;
  /** A guest can pass on the address, and let nobody in without an account. */
  canInvite: boolean;
  open: boolean;
  onClose: () => void;
}

const DAY_SECONDS = 24 * 60 * 60;
const GUEST_LINK_DAYS = 7;

export function InviteDialog({ room, canInvite, open, onClose }: InviteDialogProps) {
  const { t } = useTranslation('call');
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('inviteDialog.title')}
      description={t('inviteDialog.text')}
    >
      <div className="invite">
        {canInvite && <GuestLink room={room} />}
        <LinkField
          label={t('inviteDialog.members')}
          hint={t('inviteDialog.membersHint')}
          copyLabel={t('inviteDialog.copyMembers')}
          link={`${window.location.origin}/r/${room.slug}`}
        />
      </div>
    </Dialog>
  );
}

function GuestLink({ room }: { room: Room }) {
  const { t } = useTranslation('call');
  const [link, setLink] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    withApi((api) => api.createInvite(room.slug, { expiresInSeconds: GUEST_LINK_DAYS * DAY_SECONDS })).then(
      ({ token }) => current && setLink(`${window.location.origin}/r/${room.slug}?invite=${encodeURIComponent(token)}`),
      (error: unknown) => current && setProblem(sentenceOf(error)),
    );
    return () => {
      current = false;
    };
  }, [room]);
  if (problem) return <Notice tone="warning">{problem}</Notice>;
  return (
    <LinkField
      label={t('inviteDialog.guests')}
      hint={t('inviteDialog.guestsHint', { count: GUEST_LINK_DAYS })}
      copyLabel={t('inviteDialog.copyGuests')}
      link={link}
    />
  );
}

interface LinkFieldProps {
  label: string;
  hint: string;
  copyLabel: string;
  /** `null` while it is being made. */
  link: string | null;
}

function LinkField({ label, hint, copyLabel, link }: LinkFieldProps) {
  const { t } = useTranslation('call');
  const id = useId();
  const [copied, setCopied] = useState(false);
  return (
    <div className="invite__link">
      <label className="invite__label" htmlFor={id}>
        {label}
      </label>
      <p className="invite__hint" id={`${id}-hint`}>
        {hint}
      </p>
      <div className="invite__row">
        <input
          id={id}
          className="invite__address"
          value={link ?? t('inviteDialog.making')}
          readOnly
          aria-describedby={`${id}-hint`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          disabled={link === null}
          aria-label={copyLabel}
          onClick={() => void (link && copyText(link).then(setCopied))}
        >
          {copied ? <Check size={17} aria-hidden="true" /> : <Copy size={17} aria-hidden="true" />}
          {copied ? t('inviteDialog.copied') : t('inviteDialog.copy')}
        </Button>
      </div>
    </div>
  );
}
