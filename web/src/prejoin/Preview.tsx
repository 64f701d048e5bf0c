import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalMedia } from '../devices/local-media.js';
import { useLocalMedia } from '../devices/use-local-media.js';
import { VideoView } from '../devices/VideoView.js';
import { useUser } from '../session/session.js';
import { Avatar } from '../ui/Avatar.js';
import { Hint } from '../ui/IconButton.js';
import { Spinner } from '../ui/Spinner.js';
import { DeviceNotices } from '../devices/DeviceNotices.js';
import './Preview.css';

/** One's own picture as in a mirror, and the two switches that matter before a call. */
export function Preview({ media }: { media: LocalMedia }) {
  const { t } = useTranslation('prejoin');
  const { camera, microphone } = useLocalMedia(media);
  const name = useUser()?.displayName;
  const cameraFailed = camera.on && camera.failure !== null;
  const cameraWorks = camera.on && !cameraFailed;
  const microphoneWorks = microphone.on && microphone.failure === null;
  return (
    <div className="preview">
      {!cameraFailed && (
        <div className="preview__still">
          {camera.on && camera.starting ? <Spinner /> : name && <Avatar name={name} size={96} />}
          <p className="preview__word">{!camera.on ? t('cameraIsOff') : camera.starting && t('cameraStarts')}</p>
        </div>
      )}
      {camera.track && camera.on && <VideoView track={camera.track} mirrored fit="cover" />}
      <div className="preview__notices" data-centred={cameraFailed ? '' : undefined}>
        <DeviceNotices media={media} reassurance={t('allTheSame')} />
      </div>
      <div className="preview__controls" role="group" aria-label={t('toggles')}>
        <Toggle
          label={t(microphoneWorks ? 'muteMicrophone' : 'unmuteMicrophone')}
          on={microphoneWorks}
          onClick={() =>
            void (microphone.failure ? media.retry('microphone') : media.turn('microphone', !microphone.on))
          }
        >
          {microphoneWorks ? <Mic size={22} aria-hidden="true" /> : <MicOff size={22} aria-hidden="true" />}
        </Toggle>
        <Toggle
          label={t(cameraWorks ? 'cameraOff' : 'cameraOn')}
          on={cameraWorks}
          onClick={() => void (cameraFailed ? media.retry('camera') : media.turn('camera', !camera.on))}
        >
          {cameraWorks ? <Video size={22} aria-hidden="true" /> : <VideoOff size={22} aria-hidden="true" />}
        </Toggle>
      </div>
    </div>
  );
}

interface ToggleProps {
  label: string;
  on: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Toggle({ label, on, onClick, children }: ToggleProps) {
  return (
    <Hint text={label}>
      <button
        type="button"
        className="preview__toggle"
        data-off={on ? undefined : ''}
        aria-label={label}
        onClick={onClick}
      >
        {children}
      </button>
    </Hint>
  );
}
