import type { RoomBan, RoomSlug } from '@minimeet/protocol';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../app/use-pages.js';
import { useFormat } from '../i18n/format.js';
import { sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';
import { Avatar } from '../ui/Avatar.js';
import { Button } from '../ui/Button.js';
import { Notice } from '../ui/Notice.js';
import { useToast } from '../ui/Toasts.js';
import { useOnce } from '../ui/use-once.js';
import './MemberList.css';

/** The people who may not come back, for hosts and moderators. */
export function BanList({ slug }: { slug: RoomSlug }) {
  const { t } = useTranslation('rooms');
  const pages = usePages(useCallback((after) => withApi((api) => api.bans(slug, { after })), [slug]));
  return (
    <>
      {pages.error !== null && <Notice tone="danger">{sentenceOf(pages.error)}</Notice>}
      {pages.items?.length === 0 && <p className="member-list__none">{t('members.noBans')}</p>}
      {pages.items && pages.items.length > 0 && (
        <ul className="member-list" aria-label={t('members.bans')}>
          {pages.items.map((ban) => (
            <BanRow key={ban.userId} slug={slug} ban={ban} onLifted={pages.reload} />
          ))}
        </ul>
      )}
      {pages.hasMore && (
        <Button className="member-list__more" busy={pages.busy} onClick={pages.loadMore}>
          {t('members.showMore')}
        </Button>
      )}
    </>
  );
}

function BanRow({ slug, ban, onLifted }: { slug: RoomSlug; ban: RoomBan; onLifted: () => void }) {
  const { t } = useTranslation('rooms');
  const { date } = useFormat();
  const toast = useToast();
  const { displayName: name } = ban;
  const { busy, run } = useOnce(
    async () => {
      await withApi((api) => api.liftBan(slug, ban.userId));
      toast(t('members.lifted', { name }));
      onLifted();
    },
    (error) => toast(sentenceOf(error)),
  );
  return (
    <li className="member-list__row">
      <Avatar name={name} size={38} />
      <span className="member-list__who">
        <span className="member-list__name">{name}</span>
        <span className="member-list__there">{t('members.bannedAt', { date: date(ban.bannedAt) })}</span>
      </span>
      <Button size="small" busy={busy} aria-label={t('members.liftOf', { name })} onClick={() => run()}>
        {t('members.lift')}
      </Button>
    </li>
  );
}
