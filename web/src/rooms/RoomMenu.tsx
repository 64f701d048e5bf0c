import type { Room } from '@minimeet/protocol';
import { DoorOpen, Link2, MoreHorizontal, Settings, Trash2, UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.js';
import { Menu, MenuItem, MenuLine } from '../ui/Menu.js';
import { useToast } from '../ui/Toasts.js';
import { copyText } from '../ui/copy-text.js';
import { DeleteRoomDialog } from './DeleteRoomDialog.js';
import { InvitesDialog } from './InvitesDialog.js';
import { LeaveRoomDialog } from './LeaveRoomDialog.js';
import { MembersDialog } from './MembersDialog.js';
import { moderates } from './room-roles.js';
import { RoomSettingsDialog } from './RoomSettingsDialog.js';

type Shown = 'settings' | 'members' | 'invites' | 'leave' | 'delete';
const ICON = { size: 18, 'aria-hidden': true } as const;

/** The actions on a room that one's role allows. */
export function RoomMenu({ room, onChanged }: { room: Room; onChanged: () => void }) {
  const { t } = useTranslation('rooms');
  const toast = useToast();
  const [shown, setShown] = useState<Shown | null>(null);
  const link = `${window.location.origin}/r/${room.slug}`;
  const close = () => setShown(null);
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('card.more', { room: room.name })}>
            <MoreHorizontal size={20} aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Link2 {...ICON} />}
          onSelect={() => void copyText(link).then((copied) => toast(copied ? t('menu.copied') : link))}
        >
          {t('menu.copy')}
        </MenuItem>
        <MenuItem icon={<UserPlus {...ICON} />} onSelect={() => setShown('invites')}>
          {t('menu.invites')}
        </MenuItem>
        <MenuItem icon={<Users {...ICON} />} onSelect={() => setShown('members')}>
          {t('menu.members')}
        </MenuItem>
        {moderates(room.role) && (
          <MenuItem icon={<Settings {...ICON} />} onSelect={() => setShown('settings')}>
            {t('menu.settings')}
          </MenuItem>
        )}
        <MenuLine />
        <MenuItem icon={<DoorOpen {...ICON} />} onSelect={() => setShown('leave')}>
          {t('menu.leave')}
        </MenuItem>
        {room.role === 'host' && (
          <MenuItem icon={<Trash2 {...ICON} />} danger onSelect={() => setShown('delete')}>
            {t('menu.delete')}
          </MenuItem>
        )}
      </Menu>
      <RoomSettingsDialog room={room} open={shown === 'settings'} onClose={close} onSaved={onChanged} />
      <MembersDialog room={room} open={shown === 'members'} onClose={close} onChanged={onChanged} />
      <InvitesDialog room={room} open={shown === 'invites'} onClose={close} />
      <LeaveRoomDialog room={room} open={shown === 'leave'} onClose={close} onLeft={onChanged} />
      <DeleteRoomDialog room={room} open={shown === 'delete'} onClose={close} onDeleted={onChanged} />
    </>
  );
}
