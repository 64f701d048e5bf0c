import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeviceChoice } from '../devices/DeviceChoice.js';
import { watchLevel } from '../devices/level.js';
import type { DeviceState, LocalMedia } from '../devices/local-media.js';
import { useLocalMedia } from '../devices/use-local-media.js';
import { VideoView } from '../devices/VideoView.js';
import { Button } from '../ui/Button.js';
import { CheckRow, type CheckState } from './CheckRow.js';
import { playTestTone } from './test-tone.js';

/** Camera, microphone and speaker, each as the person sees, moves and hears it. */
export function DeviceChecks({ media, onStates }: { media: LocalMedia; onStates: (states: CheckState[]) => void }) {
  const { t } = useTranslation('check');
  const { camera, microphone, preferences } = useLocalMedia(media);
  const [pictureOf, setPictureOf] = useState<MediaStreamTrack | null>(null);
  const voice = useVoice(microphone.on ? microphone.track : null);
  const cameraState = stateOfCamera(camera, pictureOf);
  const microphoneState = stateOfMicrophone(microphone, voice);
  useEffect(() => onStates([cameraState, microphoneState]), [onStates, cameraState, microphoneState]);
  return (
    <section className="check__group" aria-labelledby="check-devices">
      <h2 className="check__heading" id="check-devices">
        {t('group.devices')}
      </h2>
      <div className="check__picture">
        {camera.track && (
          <VideoView track={camera.track} mirrored fit="cover" onPicture={() => setPictureOf(camera.track)} />
        )}
      </div>
      <ul className="check__rows">
        <CheckRow
          title={t('camera.title')}
          state={cameraState}
          text={<CameraWords camera={camera} state={cameraState} />}
        >
          {!camera.on && (
            <Button size="small" className="check__button" onClick={() => void media.turn('camera', true)}>
              {t('camera.turnOn')}
            </Button>
          )}
          {camera.on && camera.failure !== null && <Retry onClick={() => void media.retry('camera')} />}
        </CheckRow>
        <CheckRow
          title={t('microphone.title')}
          state={microphoneState}
          text={<MicrophoneWords microphone={microphone} state={microphoneState} voice={voice} />}
        >
          {!microphone.on && (
            <Button size="small" className="check__button" onClick={() => void media.turn('microphone', true)}>
              {t('microphone.turnOn')}
            </Button>
          )}
          {microphone.on && microphone.failure !== null && <Retry onClick={() => void media.retry('microphone')} />}
        </CheckRow>
        <SpeakerCheck speakerId={preferences.speakerId} />
      </ul>
      <DeviceChoice media={media} />
    </section>
  );
}

function Retry({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Button size="small" className="check__button" onClick={onClick}>
      {t('tryAgain')}
    </Button>
  );
}

function stateOfCamera({ on, failure, track }: DeviceState, pictureOf: MediaStreamTrack | null): CheckState {
  if (!on) return 'unknown';
  if (failure !== null) return 'bad';
  return track !== null && pictureOf === track ? 'ok' : 'checking';
}

function stateOfMicrophone({ on, failure, track }: DeviceState, voice: Voice): CheckState {
  if (!on) return 'unknown';
  if (failure !== null) return 'bad';
  if (track === null) return 'checking';
  return voice === 'heard' ? 'ok' : voice === 'silent' ? 'warning' : 'ask';
}

function CameraWords({ camera, state }: { camera: DeviceState; state: CheckState }) {
  const { t } = useTranslation(['check', 'devices']);
  if (camera.on && camera.failure !== null) return <Failure kind="camera" failure={camera.failure} />;
  if (!camera.on) return t('camera.off');
  return t(state === 'ok' ? 'camera.ok' : 'camera.checking');
}

function MicrophoneWords({ microphone, state, voice }: { microphone: DeviceState; state: CheckState; voice: Voice }) {
  const { t } = useTranslation('check');
  if (microphone.on && microphone.failure !== null) return <Failure kind="microphone" failure={microphone.failure} />;
  if (!microphone.on) return t('microphone.off');
  if (state === 'checking') return t('microphone.starting');
  return t(voice === 'heard' ? 'microphone.ok' : voice === 'silent' ? 'microphone.silent' : 'microphone.ask');
}

function Failure({ kind, failure }: { kind: 'camera' | 'microphone'; failure: NonNullable<DeviceState['failure']> }) {
  const { t } = useTranslation('devices');
  return (
    <>
      {t(`failure.${kind}.${failure}.title`)}. {t(`failure.${kind}.${failure}.advice`)}
    </>
  );
}

/** `waiting`: nothing yet · `silent`: nothing for a while · `heard`: loud enough for a voice. */
type Voice = 'waiting' | 'silent' | 'heard';

/** Speech is above this, the noise of a quiet room below. */
const VOICE_LEVEL = 0.3;
const SILENCE_MS = 8_000;

function useVoice(track: MediaStreamTrack | null): Voice {
  const [voice, setVoice] = useState<Voice>('waiting');
  useEffect(() => {
    setVoice('waiting');
    if (!track) return undefined;
    const timer = setTimeout(() => setVoice((before) => (before === 'waiting' ? 'silent' : before)), SILENCE_MS);
    const stop = watchLevel(track, (level) => {
      if (level >= VOICE_LEVEL) setVoice('heard');
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [track]);
  return voice;
}

function SpeakerCheck({ speakerId }: { speakerId: string }) {
  const { t } = useTranslation('check');
  const [heard, setHeard] = useState<'ask' | 'playing' | 'asked' | 'ok' | 'bad' | 'failed'>('ask');
  const play = () => {
    setHeard('playing');
    playTestTone(speakerId).then(
      () => setHeard('asked'),
      () => setHeard('failed'),
    );
  };
  const isQuestion = heard === 'playing' || heard === 'asked';
  const state: CheckState = heard === 'ok' ? 'ok' : heard === 'bad' || heard === 'failed' ? 'bad' : 'ask';
  return (
    <CheckRow title={t('speaker.title')} state={state} text={t(`speaker.${isQuestion ? 'playing' : heard}`)}>
      <div className="check__answers">
        {heard === 'asked' && (
          <>
            <Button size="small" look="primary" onClick={() => setHeard('ok')}>
              {t('speaker.yes')}
            </Button>
            <Button size="small" onClick={() => setHeard('bad')}>
              {t('speaker.no')}
            </Button>
          </>
        )}
        <Button size="small" look={heard === 'asked' ? 'quiet' : 'secondary'} busy={heard === 'playing'} onClick={play}>
          {t('speaker.play')}
        </Button>
      </div>
    </CheckRow>
  );
}
