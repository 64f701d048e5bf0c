import type { Presence, RoomMember, UserId } from '@minimeet/protocol';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.js';
import { usePresences } from '../session/live.js';
import { sentenceOf } from '../session/sentences.js';
import { Avatar } from '../ui/Avatar.js';
import { Button } from '../ui/Button.js';
import { PresenceDot } from '../ui/PresenceDot.js';
import { isNamed } from './order.js';
import type { useMembers } from './use-members.js';

interface MembersSectionProps {
  members: ReturnType<typeof useMembers>;
  inCall: ReadonlySet<UserId>;
  query: string;
}

/** Members of the room who are not in the call. Guests came for one meeting: those who have gone are left out. */
export function MembersSection({ members, inCall, query }: MembersSectionProps) {
  const { t, i18n } = useTranslation('people');
  const { items, error, hasMore, busy, loadMore } = members;
  const absent = useMemo(
    () => (items ?? []).filter(({ userId, role }) => role !== 'guest' && !inCall.has(userId)),
    [items, inCall],
  );
  const presences = usePresences(useMemo(() => absent.map(({ userId }) => userId), [absent]));
  const sorted = useMemo(() => hereFirst(absent, presences, i18n.language), [absent, presences, i18n.language]);
  const found = query === '' ? sorted : sorted.filter(({ displayName }) => isNamed(displayName, query));
  if (error !== null && !items) return <p className="people__none">{sentenceOf(error)}</p>;
  if (found.length === 0 && !hasMore) return null;
  return (
    <section className="people__section" aria-label={t('notInCall')}>
      <header className="people__head">
        <h3 className="people__title">{t('notInCall')}</h3>
      </header>
      <ul aria-label={t('notInCall')}>
        {found.map((member) => (
          <AbsentRow key={member.userId} member={member} presence={presences.get(member.userId) ?? null} />
        ))}
      </ul>
      {hasMore && (
        <Button size="small" look="quiet" className="people__show-more" busy={busy} onClick={loadMore}>
          {t('moreMembers')}
        </Button>
      )}
    </section>
  );
}

function AbsentRow({ member, presence }: { member: RoomMember; presence: Presence | null }) {
  const { t } = useTranslation('people');
  const { displayName: name, role, pictureUrl } = member;
  const whereabouts = useWhereabouts(presence);
  const words = [role === 'member' ? null : t(`role.${role}`, { ns: 'common' }), whereabouts];
  return (
    <li className="people__person" data-user-id={member.userId} data-presence={presence?.status}>
      <span className="people__face">
        <Avatar name={name} size={36} picture={pictureUrl} />
        {presence && <PresenceDot status={presence.status} />}
      </span>
      <span className="people__who">
        <span className="people__name">{name}</span>
        <span className="people__role">{words.filter((word) => word !== null).join(' · ')}</span>
      </span>
    </li>
  );
}

function useWhereabouts(presence: Presence | null): string | null {
  const { t } = useTranslation('people');
  const { ago } = useFormat();
  if (!presence) return null;
  const { status, lastSeenAt } = presence;
  if (status === 'in-call') return t('inAnotherCall');
  if (status === 'offline' && lastSeenAt !== null) return t('lastSeen', { time: ago(lastSeenAt) });
  return t(`presence.${status}`, { ns: 'common' });
}

/** People who could come at once stand before those who are not there, each by name. */
function hereFirst(
  members: readonly RoomMember[],
  presences: ReadonlyMap<UserId, Presence>,
  locale: string,
): RoomMember[] {
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  const isOff = ({ userId }: RoomMember) => Number((presences.get(userId)?.status ?? 'offline') === 'offline');
  return [...members].sort((a, b) => isOff(a) - isOff(b) || compare(a.displayName, b.displayName));
}
