import { Ellipsis, Expand, MessageSquare, MonitorUp, MonitorX, Settings2, Shrink, UserPlus, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CallMenu, CallMenuItem, CallMenuLine } from './CallMenu.js';
import type { CallControls } from './call-controls.js';
import { ControlFace } from './Control.js';
import type { OptionalControl } from './fitting.js';

interface MoreMenuProps {
  controls: CallControls;
  /** What the bar has no room for. */
  hidden: ReadonlySet<OptionalControl>;
}

const ICON = { size: 18, 'aria-hidden': true } as const;

export function MoreMenu({ controls, hidden }: MoreMenuProps) {
  const { t } = useTranslation('call');
  const { share, panel, unread, people, fullScreen } = controls;
  return (
    <CallMenu
      label={t('more')}
      trigger={
        <ControlFace badge={hidden.has('chat') ? unread : 0}>
          <Ellipsis size={22} aria-hidden="true" />
        </ControlFace>
      }
    >
      {hidden.has('chat') && (
        <CallMenuItem icon={<MessageSquare {...ICON} />} onClick={() => panel.toggle('chat')}>
          {unread > 0 ? t('chat.openUnread', { count: unread }) : t('chat.open')}
        </CallMenuItem>
      )}
      {hidden.has('people') && (
        <CallMenuItem icon={<Users {...ICON} />} onClick={() => panel.toggle('people')}>
          {t('people.open', { count: people })}
        </CallMenuItem>
      )}
      {share && hidden.has('share') && (
        <CallMenuItem icon={share.on ? <MonitorX {...ICON} /> : <MonitorUp {...ICON} />} onClick={share.toggle}>
          {share.on ? t('share.stop') : t('share.start')}
        </CallMenuItem>
      )}
      {hidden.size > 0 && <CallMenuLine />}
      <CallMenuItem icon={<UserPlus {...ICON} />} onClick={() => controls.show('invite')}>
        {t('invite')}
      </CallMenuItem>
      {fullScreen && (
        <CallMenuItem icon={fullScreen.on ? <Shrink {...ICON} /> : <Expand {...ICON} />} onClick={fullScreen.toggle}>
          {fullScreen.on ? t('fullScreen.off') : t('fullScreen.on')}
        </CallMenuItem>
      )}
      <CallMenuItem icon={<Settings2 {...ICON} />} onClick={() => controls.show('settings')}>
        {t('settings')}
      </CallMenuItem>
    </CallMenu>
  );
}
