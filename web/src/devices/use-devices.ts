import { useEffect, useState } from 'react';
import type { LocalMedia } from './local-media.js';
import { useLocalMedia } from './use-local-media.js';

export interface Devices {
  cameras: MediaDeviceInfo[];
  microphones: MediaDeviceInfo[];
  /** Empty where the browser cannot choose the speaker (Safari, phones). */
  speakers: MediaDeviceInfo[];
}

const NONE: Devices = { cameras: [], microphones: [], speakers: [] };

/** What is plugged in now. Browsers name the devices only once one of them was allowed, so it looks again then. */
export function useDevices(media: LocalMedia): Devices {
  const { camera, microphone } = useLocalMedia(media);
  const [devices, setDevices] = useState(NONE);
  useEffect(() => {
    const source = navigator.mediaDevices as MediaDevices | undefined;
    if (!source) return undefined;
    let current = true;
    const look = () => {
      source.enumerateDevices().then(
        (found) => current && setDevices(sorted(found)),
        () => undefined,
      );
    };
    const lookAgain = () => {
      look();
      void media.devicesChanged();
    };
    look();
    source.addEventListener('devicechange', lookAgain);
    return () => {
      current = false;
      source.removeEventListener('devicechange', lookAgain);
    };
  }, [media, camera.track, microphone.track]);
  return devices;
}

function sorted(found: MediaDeviceInfo[]): Devices {
  const named = found.filter(({ deviceId, label }) => deviceId !== '' && label !== '');
  const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;
  return {
    cameras: named.filter(({ kind }) => kind === 'videoinput'),
    microphones: named.filter(({ kind }) => kind === 'audioinput'),
    speakers: canChooseSpeaker ? named.filter(({ kind }) => kind === 'audiooutput') : [],
  };
}
