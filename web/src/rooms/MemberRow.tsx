import type { Presence, Role, RoomMember } from '@minimeet/protocol';
import { Ban, MoreHorizontal, UserMinus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.js';
import { Avatar } from '../ui/Avatar.js';
import { IconButton } from '../ui/IconButton.js';
import { Menu, MenuItem } from '../ui/Menu.js';
import { PresenceDot } from '../ui/PresenceDot.js';
import { Select } from '../ui/Select.js';
import { moderates } from './room-roles.js';

type GivableRole = Exclude<Role, 'guest'>;
const GIVABLE: readonly GivableRole[] = ['host', 'moderator', 'member'];

interface MemberRowProps {
  member: RoomMember;
  /** `null` while it is not known. */
  presence: Presence | null;
  /** The role of the person who looks at it. */
  ownRole: Role | null;
  isSelf: boolean;
  onRole: (role: GivableRole) => void;
  onRemove: () => void;
  onBan: () => void;
}

export function MemberRow({ member, presence, ownRole, isSelf, onRole, onRemove, onBan }: MemberRowProps) {
  const { t } = useTranslation('rooms');
  const { displayName: name, role } = member;
  const mayGiveRoles = ownRole === 'host' && role !== 'guest';
  // A moderator cannot do anything about a host.
  const mayRemove = !isSelf && moderates(ownRole) && (ownRole === 'host' || role !== 'host');
  return (
    <li className="member-list__row">
      <span className="member-list__face">
        <Avatar name={name} size={38} picture={member.pictureUrl} />
        {presence && <PresenceDot status={presence.status} />}
      </span>
      <span className="member-list__who">
        <span className="member-list__name">{isSelf ? t('members.you', { name }) : name}</span>
        <span className="member-list__there">
          <Whereabouts member={member} presence={presence} />
        </span>
      </span>
      {mayGiveRoles ? (
        <Select
          label={t('members.roleOf', { name })}
          hideLabel
          size="small"
          value={role}
          options={GIVABLE.map((value) => ({ value, label: t(`role.${value}`, { ns: 'common' }) }))}
          onChange={onRole}
        />
      ) : (
        role !== 'member' && <span className="member-list__role">{t(`role.${role}`, { ns: 'common' })}</span>
      )}
      {mayRemove && (
        <Menu
          trigger={
            <IconButton label={t('members.more', { name })}>
              <MoreHorizontal size={18} aria-hidden="true" />
            </IconButton>
          }
        >
          <MenuItem icon={<UserMinus size={18} aria-hidden="true" />} onSelect={onRemove}>
            {t('members.remove')}
          </MenuItem>
          <MenuItem icon={<Ban size={18} aria-hidden="true" />} danger onSelect={onBan}>
            {t('members.ban')}
          </MenuItem>
        </Menu>
      )}
    </li>
  );
}

function Whereabouts({ member, presence }: { member: RoomMember; presence: Presence | null }) {
  const { t } = useTranslation('rooms');
  const { ago } = useFormat();
  if (member.inCall) return t('members.inCall');
  if (!presence) return null;
  if (presence.status === 'offline' && presence.lastSeenAt !== null) {
    return t('members.lastSeen', { time: ago(presence.lastSeenAt) });
  }
  return t(`presence.${presence.status}`, { ns: 'common' });
}
