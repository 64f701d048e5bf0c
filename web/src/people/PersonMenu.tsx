import type { Participant } from '@minimeet/protocol';
import { EllipsisVertical, Pin, PinOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.js';
import { Menu, MenuItem } from '../ui/Menu.js';
import { PersonItems } from './PersonItems.js';

interface PersonMenuProps {
  person: Participant;
  isSelf: boolean;
  pinned: boolean;
  onPin: (key: string) => void;
}

const ICON = { size: 18, 'aria-hidden': true } as const;

export function PersonMenu({ person: { id, displayName: name }, isSelf, pinned, onPin }: PersonMenuProps) {
  const { t } = useTranslation('people');
  return (
    <Menu
      trigger={
        <IconButton label={isSelf ? t('moreSelf') : t('more', { name })} className="people__more">
          <EllipsisVertical {...ICON} />
        </IconButton>
      }
    >
      <MenuItem
        icon={pinned ? <PinOff {...ICON} /> : <Pin {...ICON} />}
        onSelect={() => onPin(isSelf ? 'self' : `camera-${id}`)}
      >
        {pinned ? t('unpin') : t('pin')}
      </MenuItem>
      <PersonItems participantId={id} />
    </Menu>
  );
}
