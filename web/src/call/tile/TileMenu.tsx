import { EllipsisVertical, Pin, PinOff } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonItems } from '../../people/PersonItems.js';
import { Hint } from '../../ui/IconButton.js';
import { Menu, MenuItem } from '../../ui/Menu.js';
import type { TileModel } from './tile-model.js';
import { tileLabel } from './tile-words.js';

interface TileMenuProps {
  tile: TileModel;
  pinned: boolean;
  onPin: (key: string) => void;
}

const ICON = { size: 18, 'aria-hidden': true } as const;

/** The actions on a tile, for people who do not double-click. */
export function TileMenu({ tile, pinned, onPin }: TileMenuProps) {
  const { t } = useTranslation('call');
  return (
    <Menu trigger={<TileButton label={t('tile.menu', { name: tileLabel(t, tile) })} />}>
      <MenuItem icon={pinned ? <PinOff {...ICON} /> : <Pin {...ICON} />} onSelect={() => onPin(tile.key)}>
        {pinned ? t('tile.unpin') : t('tile.pin')}
      </MenuItem>
      {!tile.isSelf && <PersonItems participantId={tile.participantId} />}
    </Menu>
  );
}

function TileButton({ label, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <Hint text={label}>
      <button type="button" {...rest} className="tile__button" aria-label={label}>
        <EllipsisVertical {...ICON} />
      </button>
    </Hint>
  );
}
