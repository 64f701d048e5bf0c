import type { Room } from '@minimeet/sdk';
import { Check, Copy } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
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
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Invite people"
      description="Send one of these links by mail or message."
    >
      <div className="invite">
        {canInvite && <GuestLink room={room} />}
        <LinkField
          label="For people with an account"
          hint="They sign in and become members of this room."
          link={`${window.location.origin}/r/${room.slug}`}
        />
      </div>
    </Dialog>
  );
}

function GuestLink({ room }: { room: Room }) {
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
      label="For anyone, without an account"
      hint={`They type a name and join as guests. Works for ${GUEST_LINK_DAYS} days.`}
      link={link}
    />
  );
}

function LinkField({ label, hint, link }: { label: string; hint: string; link: string | null }) {
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
          value={link ?? 'Making a link…'}
          readOnly
          aria-describedby={`${id}-hint`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          disabled={link === null}
          aria-label={`Copy the link ${label.charAt(0).toLowerCase()}${label.slice(1)}`}
          onClick={() => void (link && copyText(link).then(setCopied))}
        >
          {copied ? <Check size={17} aria-hidden="true" /> : <Copy size={17} aria-hidden="true" />}
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </div>
  );
}
