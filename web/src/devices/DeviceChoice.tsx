import { Camera, Mic, Volume2 } from 'lucide-react';
import { DeviceSelect } from './DeviceSelect.js';
import { LevelMeter } from './LevelMeter.js';
import type { LocalMedia } from './local-media.js';
import { useDevices } from './use-devices.js';
import { useLocalMedia } from './use-local-media.js';
import './DeviceChoice.css';

/** Camera, microphone with its level, and speaker where the browser can choose it. */
export function DeviceChoice({ media }: { media: LocalMedia }) {
  const { camera, microphone, preferences } = useLocalMedia(media);
  const devices = useDevices(media);
  return (
    <div className="device-choice">
      <DeviceSelect
        kind="camera"
        icon={<Camera size={18} aria-hidden="true" />}
        devices={devices.cameras}
        value={camera.track?.getSettings().deviceId ?? preferences.cameraId}
        onChange={(id) => void media.choose('camera', id)}
      />
      <DeviceSelect
        kind="microphone"
        icon={<Mic size={18} aria-hidden="true" />}
        devices={devices.microphones}
        value={microphone.track?.getSettings().deviceId ?? preferences.microphoneId}
        onChange={(id) => void media.choose('microphone', id)}
      />
      <LevelMeter track={microphone.track} muted={!microphone.on} />
      {devices.speakers && (
        <DeviceSelect
          kind="speaker"
          icon={<Volume2 size={18} aria-hidden="true" />}
          devices={devices.speakers}
          value={preferences.speakerId}
          onChange={(id) => media.chooseSpeaker(id)}
        />
      )}
    </div>
  );
}
