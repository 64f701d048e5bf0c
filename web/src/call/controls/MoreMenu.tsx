import {
  Ellipsis,
  Expand,
  Hand,
  Keyboard,
  PictureInPicture2,
  MessageSquare,
  MonitorUp,
  MonitorX,
  Settings2,
  Shrink,
  UserPlus,
  Users,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ReactionItems } from '../signs/ReactionItems.js';
import { Menu, MenuItem, MenuLine } from '../../ui/Menu.js';
import type { CallControls } from './call-controls.js';
import { chatLabel, peopleLabel } from './control-words.js';
import { Control } from './Control.js';
import { LayoutChoice } from './LayoutMenu.js';
import type { OptionalControl } from './fitting.js';

interface MoreMenuProps {
  controls: CallControls;
  /** The controls that the bar has no room for. */
  hidden: ReadonlySet<OptionalControl>;
}

const ICON = { size: 18, 'aria-hidden': true } as const;

export function MoreMenu({ controls, hidden }: MoreMenuProps) {
  const { t } = useTranslation('call');
  const { share, panel, unread, waiting, hand, fullScreen, pictureInPicture } = controls;
  // Only news behind this button counts, and only when it is not in sight already.
  const news = (hidden.has('chat') ? unread : 0) + (hidden.has('people') && panel.open !== 'people' ? waiting : 0);
  return (
    <Menu
      trigger={
        <Control label={news > 0 ? t('moreNews', { count: news }) : t('more')} badge={news}>
          <Ellipsis size={22} aria-hidden="true" />
        </Control>
      }
    >
      {hidden.has('reactions') && (
        <>
          <ReactionItems onReact={controls.react} />
          <MenuLine />
        </>
      )}
      {hidden.has('hand') && (
        <MenuItem icon={<Hand {...ICON} />} onSelect={hand.toggle}>
          {hand.raised ? t('hand.lower') : t('hand.raise')}
        </MenuItem>
      )}
      {hidden.has('chat') && (
        <MenuItem icon={<MessageSquare {...ICON} />} onSelect={() => panel.toggle('chat')}>
          {chatLabel(t, controls)}
        </MenuItem>
      )}
      {hidden.has('people') && (
        <MenuItem icon={<Users {...ICON} />} onSelect={() => panel.toggle('people')}>
          {peopleLabel(t, controls)}
        </MenuItem>
      )}
      {share && hidden.has('share') && (
        <MenuItem icon={share.on ? <MonitorX {...ICON} /> : <MonitorUp {...ICON} />} onSelect={share.toggle}>
          {share.on ? t('share.stop') : t('share.start')}
        </MenuItem>
      )}
      {hidden.has('layout') && (
        <>
          <MenuLine />
          <LayoutChoice layout={controls.layout} />
        </>
      )}
      {hidden.size > 0 && <MenuLine />}
      <MenuItem icon={<UserPlus {...ICON} />} onSelect={() => controls.show('invite')}>
        {t('invite')}
      </MenuItem>
      {pictureInPicture && (
        <MenuItem icon={<PictureInPicture2 {...ICON} />} onSelect={pictureInPicture.toggle}>
          {pictureInPicture.on ? t('pip.off') : t('pip.on')}
        </MenuItem>
      )}
      {fullScreen && (
        <MenuItem icon={fullScreen.on ? <Shrink {...ICON} /> : <Expand {...ICON} />} onSelect={fullScreen.toggle}>
          {fullScreen.on ? t('fullScreen.off') : t('fullScreen.on')}
        </MenuItem>
      )}
      <MenuItem icon={<Settings2 {...ICON} />} onSelect={() => controls.show('settings')}>
        {t('settings')}
      </MenuItem>
      <MenuItem icon={<Keyboard {...ICON} />} onSelect={() => controls.show('shortcuts')}>
        {t('shortcuts.title')}
      </MenuItem>
    </Menu>
  );
}
