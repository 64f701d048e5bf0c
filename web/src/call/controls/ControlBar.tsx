import { Hand, MessageSquare, Mic, MicOff, MonitorUp, MonitorX, SmilePlus, Users, Video, VideoOff } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSize } from '../../ui/use-size.js';
import type { CallControls } from './call-controls.js';
import { chatLabel, peopleLabel } from './control-words.js';
import { Control } from './Control.js';
import { LeaveControl } from './LeaveControl.js';
import { LayoutMenu } from './LayoutMenu.js';
import { fittingControls, OPTIONAL_CONTROLS } from './fitting.js';
import { Menu } from '../../ui/Menu.js';
import { ReactionItems } from '../signs/ReactionItems.js';
import { MoreMenu } from './MoreMenu.js';
import './ControlBar.css';

const ICON = { size: 22, 'aria-hidden': true } as const;

export function ControlBar({ controls }: { controls: CallControls }) {
  const { t } = useTranslation('call');
  const bar = useRef<HTMLDivElement>(null);
  const { width } = useSize(bar);
  const { microphone, camera, share, panel, unread, waiting, hand } = controls;
  const offered = OPTIONAL_CONTROLS.filter((control) => control !== 'share' || share !== null);
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
      {fits.has('hand') && (
        <Control
          label={hand.raised ? t('hand.lower') : t('hand.raise')}
          look={hand.raised ? 'active' : 'normal'}
          onClick={hand.toggle}
        >
          <Hand {...ICON} />
        </Control>
      )}
      {fits.has('reactions') && (
        <Menu
          align="center"
          trigger={
            <Control label={t('reactions.label')}>
              <SmilePlus {...ICON} />
            </Control>
          }
        >
          <ReactionItems onReact={controls.react} />
        </Menu>
      )}
      {fits.has('chat') && (
        <Control
          label={chatLabel(t, controls)}
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
          label={peopleLabel(t, controls)}
          look={panel.open === 'people' ? 'active' : 'normal'}
          badge={panel.open === 'people' ? 0 : waiting}
          aria-expanded={panel.open === 'people'}
          onClick={() => panel.toggle('people')}
        >
          <Users {...ICON} />
        </Control>
      )}
      {fits.has('layout') && <LayoutMenu layout={controls.layout} />}
      <MoreMenu controls={controls} hidden={hidden} />
      <LeaveControl controls={controls} />
    </div>
  );
}
