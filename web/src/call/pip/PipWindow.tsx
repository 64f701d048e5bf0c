import { Mic, MicOff, Phone, Video, VideoOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { VideoView } from '../../devices/VideoView.js';
import { Avatar } from '../../ui/Avatar.js';
import type { CallControls } from '../controls/call-controls.js';
import type { TileModel } from '../tile/tile-model.js';
import { tileLabel } from '../tile/tile-words.js';
import './PipWindow.css';

interface PipWindowProps {
  window: Window;
  tile: TileModel;
  mirrored: boolean;
  controls: Pick<CallControls, 'microphone' | 'camera' | 'leave'>;
}

const ICON = { size: 18, 'aria-hidden': true } as const;

/** The call in small, above other programs: the speaker, and the three buttons that one needs there. */
export function PipWindow({ window, tile, mirrored, controls: { microphone, camera, leave } }: PipWindowProps) {
  const { t } = useTranslation('call');
  return createPortal(
    <main className="pip" data-speaking={tile.speaking ? '' : undefined} aria-label={t('pip.label')}>
      <Avatar name={tile.name} size={72} />
      {tile.track && tile.hasVideo && (
        <VideoView
          track={tile.track}
          mirrored={mirrored && tile.isSelf}
          fit={tile.source === 'screen' ? 'contain' : 'cover'}
        />
      )}
      <p className="pip__name">
        {tile.muted && tile.source === 'camera' && <MicOff size={13} role="img" aria-label={t('tile.muted')} />}
        {tileLabel(t, tile)}
      </p>
      <div className="pip__controls" role="group" aria-label={t('controls')}>
        <PipButton
          label={microphone.working ? t('microphone.mute') : t('microphone.unmute')}
          look={microphone.working ? 'normal' : 'off'}
          onClick={microphone.toggle}
        >
          {microphone.working ? <Mic {...ICON} /> : <MicOff {...ICON} />}
        </PipButton>
        <PipButton
          label={camera.working ? t('camera.off') : t('camera.on')}
          look={camera.working ? 'normal' : 'off'}
          onClick={camera.toggle}
        >
          {camera.working ? <Video {...ICON} /> : <VideoOff {...ICON} />}
        </PipButton>
        <PipButton label={t('leave.label')} look="leave" onClick={leave}>
          <Phone size={18} className="controls__hang-up" aria-hidden="true" />
        </PipButton>
      </div>
    </main>,
    window.document.body,
  );
}

interface PipButtonProps {
  label: string;
  look: 'normal' | 'off' | 'leave';
  onClick: () => void;
  children: ReactNode;
}

/** With the browser's own hint: ours would appear in the page. */
function PipButton({ label, look, onClick, children }: PipButtonProps) {
  return (
    <button
      type="button"
      className={`controls__button controls__button--${look} pip__button`}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
