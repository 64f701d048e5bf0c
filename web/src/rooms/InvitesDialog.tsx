import type { InviteSummary, Room, RoomSlug } from '@minimeet/protocol';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../app/use-pages.js';
import { useFormat } from '../i18n/format.js';
import { sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { Dialog } from '../ui/Dialog.js';
import { Notice } from '../ui/Notice.js';
import { useToast } from '../ui/Toasts.js';
import { useOnce } from '../ui/use-once.js';
import { NewInvite } from './NewInvite.js';
import './InvitesDialog.css';

interface InvitesDialogProps {
  room: Room;
  open: boolean;
  onClose: () => void;
}

/** Links that let people in: made here, listed and revoked. */
export function InvitesDialog({ room, open, onClose }: InvitesDialogProps) {
  const { t } = useTranslation('rooms');
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('invites.title', { room: room.name })}
      description={t('invites.text')}
      wide
    >
      <Invites slug={room.slug} />
    </Dialog>
  );
}

/** One's own; hosts and moderators see all. */
export function Invites({ slug }: { slug: RoomSlug }) {
  const { t } = useTranslation('rooms');
  const pages = usePages(useCallback((after) => withApi((api) => api.invites(slug, { after })), [slug]));
  return (
    <>
      <NewInvite slug={slug} onMade={pages.reload} />
      <h3 className="invites__heading">{t('invites.list')}</h3>
      {pages.error !== null && <Notice tone="danger">{sentenceOf(pages.error)}</Notice>}
      {pages.items?.length === 0 && <p className="invites__none">{t('invites.none')}</p>}
      {pages.items && pages.items.length > 0 && (
        <ul className="invites__list">
          {pages.items.map((invite) => (
            <InviteRow key={invite.id} slug={slug} invite={invite} onRevoked={pages.reload} />
          ))}
        </ul>
      )}
      {pages.hasMore && (
        <Button busy={pages.busy} onClick={pages.loadMore}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function InviteRow({ slug, invite, onRevoked }: { slug: RoomSlug; invite: InviteSummary; onRevoked: () => void }) {
  const { t } = useTranslation('rooms');
  const { ago, date } = useFormat();
  const toast = useToast();
  const { createdByName: name, maxUses, uses } = invite;
  const { busy, run } = useOnce(
    async () => {
      await withApi((api) => api.revokeInvite(slug, invite.id));
      toast(t('invites.revoked'));
      onRevoked();
    },
    (error) => toast(sentenceOf(error)),
  );
  const used = maxUses === null ? t('invites.usedOpen', { count: uses }) : t('invites.used', { uses, max: maxUses });
  return (
    <li className="invites__row">
      <span className="invites__what">
        <span className="invites__by">{t('invites.by', { name, date: date(invite.createdAt) })}</span>
        <span className="invites__state">
          {used}, {t('invites.ends', { time: ago(invite.expiresAt) })}
        </span>
      </span>
      <Button
        size="small"
        busy={busy}
        aria-label={t('invites.revokeOf', { name, date: date(invite.createdAt) })}
        onClick={() => run()}
      >
        {t('invites.revoke')}
      </Button>
    </li>
  );
}
