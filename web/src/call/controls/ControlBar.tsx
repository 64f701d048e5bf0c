import { MessageSquare, Mic, MicOff, MonitorUp, MonitorX, Phone, Users, Video, VideoOff } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSize } from '../../ui/use-size.js';
import type { CallControls } from './call-controls.js';
import { Control } from './Control.js';
import { LayoutMenu } from './LayoutMenu.js';
import { fittingControls, OPTIONAL_CONTROLS, type OptionalControl } from './fitting.js';
import { MoreMenu } from './MoreMenu.js';
import './ControlBar.css';

const ICON = { size: 22, 'aria-hidden': true } as const;

export function ControlBar({ controls }: { controls: CallControls }) {
  const { t } = useTranslation('call');
  const bar = useRef<HTMLDivElement>(null);
  const { width } = useSize(bar);
  const { microphone, camera, share, panel, unread, people } = controls;
  const offered = OPTIONAL_CONTROLS.filter((control) => isOffered(control, controls));
  const fits = fittingControls(width, offered);
  const hidden = new Set(offered.filter((control) => !fits.has(control)));
  return (
    <div ref={bar} className="controls" role="group" aria-label={t('controls')}>
      <Control
        label={microphone.working ? t('microphone.mute') : t('microphone.unmute')}
        look={microphone.working ? 'normal' : 'off'}
        warning={microphone.failed}
        onClick={microphone.toggle}
      >
        {microphone.working ? <Mic {...ICON} /> : <MicOff {...ICON} />}
      </Control>
      <Control
        label={camera.working ? t('camera.off') : t('camera.on')}
        look={camera.working ? 'normal' : 'off'}
        warning={camera.failed}
        onClick={camera.toggle}
      >
        {camera.working ? <Video {...ICON} /> : <VideoOff {...ICON} />}
      </Control>
      {share && fits.has('share') && (
        <Control
          label={share.on ? t('share.stop') : t('share.start')}
          look={share.on ? 'active' : 'normal'}
          onClick={share.toggle}
        >
          {share.on ? <MonitorX {...ICON} /> : <MonitorUp {...ICON} />}
        </Control>
      )}
      {fits.has('chat') && (
        <Control
          label={chatLabel(t, panel.open === 'chat', unread)}
          look={panel.open === 'chat' ? 'active' : 'normal'}
          badge={unread}
          aria-expanded={panel.open === 'chat'}
          onClick={() => panel.toggle('chat')}
        >
          <MessageSquare {...ICON} />
        </Control>
      )}
      {fits.has('people') && (
        <Control
          label={panel.open === 'people' ? t('people.close') : t('people.open', { count: people })}
          look={panel.open === 'people' ? 'active' : 'normal'}
          aria-expanded={panel.open === 'people'}
          onClick={() => panel.toggle('people')}
        >
          <Users {...ICON} />
        </Control>
      )}
      {fits.has('layout') && <LayoutMenu layout={controls.layout} />}
      <MoreMenu controls={controls} hidden={hidden} />
      <Control label={t('leave.label')} look="leave" onClick={controls.leave}>
        <Phone size={22} className="controls__hang-up" aria-hidden="true" />
      </Control>
    </div>
  );
}

function isOffered(control: OptionalControl, { share }: CallControls): boolean {
  switch (control) {
    case 'chat':
    case 'people':
    case 'layout':
      return true;
    case 'share':
      return share !== null;
    case 'hand':
    case 'reactions':
      return false;
  }
}

function chatLabel(t: TFunction<'call'>, open: boolean, unread: number): string {
  if (open) return t('chat.close');
  return unread > 0 ? t('chat.openUnread', { count: unread }) : t('chat.open');
}
