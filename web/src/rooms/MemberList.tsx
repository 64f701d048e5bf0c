import type { Role, Room, RoomMember } from '@minimeet/protocol';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../app/use-pages.js';
import { usePresences } from '../session/live.js';
import { sentenceOf } from '../session/sentences.js';
import { useUser, withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { Confirm } from '../ui/Confirm.js';
import { Notice } from '../ui/Notice.js';
import { useToast } from '../ui/Toasts.js';
import { MemberRow } from './MemberRow.js';
import './MemberList.css';

type GivableRole = Exclude<Role, 'guest'>;
type Asked = { what: 'remove' | 'ban'; member: RoomMember } | { what: 'demote'; member: RoomMember; role: GivableRole };

/** The members of a room, with the actions that hosts and moderators may take. */
export function MemberList({ room, onChanged }: { room: Room; onChanged: () => void }) {
  const { slug } = room;
  const { t } = useTranslation('rooms');
  const toast = useToast();
  const self = useUser();
  const pages = usePages(useCallback((after) => withApi((api) => api.members(slug, { after })), [slug]));
  const ids = useMemo(() => (pages.items ?? []).map(({ userId }) => userId), [pages.items]);
  const presences = usePresences(ids);
  const [asked, setAsked] = useState<Asked | null>(null);
  const changed = () => {
    pages.reload();
    onChanged();
  };
  const setRole = async (member: RoomMember, role: GivableRole) => {
    await withApi((api) => api.setMemberRole(slug, member.userId, { role }));
    changed();
  };
  const chooseRole = (member: RoomMember, role: GivableRole) => {
    // From oneself it cannot be taken back by oneself.
    if (member.userId === self?.id) setAsked({ what: 'demote', member, role });
    else setRole(member, role).catch((error: unknown) => toast(sentenceOf(error)));
  };
  return (
    <>
      {pages.error !== null && <Notice tone="danger">{sentenceOf(pages.error)}</Notice>}
      {!pages.items && pages.error === null && (
        <div className="member-list__loading" aria-busy="true" aria-label={t('members.loading')} />
      )}
      {pages.items && (
        <ul className="member-list" aria-label={t('members.list')}>
          {pages.items.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              presence={presences.get(member.userId) ?? null}
              ownRole={room.role}
              isSelf={member.userId === self?.id}
              onRole={(role) => chooseRole(member, role)}
              onRemove={() => setAsked({ what: 'remove', member })}
              onBan={() => setAsked({ what: 'ban', member })}
            />
          ))}
        </ul>
      )}
      {pages.hasMore && (
        <Button className="member-list__more" busy={pages.busy} onClick={pages.loadMore}>
          {t('members.showMore')}
        </Button>
      )}
      {asked && (
        <Confirm
          open
          onClose={() => setAsked(null)}
          title={t(`members.${asked.what}Title`, { name: asked.member.displayName })}
          text={
            asked.what === 'demote'
              ? t('members.demoteText', { role: t(`role.${asked.role}`, { ns: 'common' }) })
              : t(`members.${asked.what}Text`)
          }
          confirmLabel={t(`members.${asked.what}`)}
          onConfirm={async () => {
            if (asked.what === 'demote') return setRole(asked.member, asked.role);
            await withApi((api) => api.removeMember(slug, asked.member.userId, { ban: asked.what === 'ban' }));
            changed();
          }}
        />
      )}
    </>
  );
}
