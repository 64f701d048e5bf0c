import { useEffect, useState } from 'react';
import type { LocalMedia } from './local-media.js';
import { useLocalMedia } from './use-local-media.js';

export interface Devices {
  cameras: MediaDeviceInfo[];
  microphones: MediaDeviceInfo[];
  /** `null` where the browser cannot choose the speaker. */
  speakers: MediaDeviceInfo[] | null;
}

/** Known before anything was asked, so that the list does not come late and push things around. */
const CAN_CHOOSE_SPEAKER = 'setSinkId' in HTMLMediaElement.prototype;
const NONE: Devices = { cameras: [], microphones: [], speakers: CAN_CHOOSE_SPEAKER ? [] : null };

/** The devices that are plugged in. Browsers name them only once one of them was allowed, so it looks again then. */
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
    look();
    source.addEventListener('devicechange', look);
    return () => {
      current = false;
      source.removeEventListener('devicechange', look);
    };
  }, [media, camera.track, microphone.track]);
  return devices;
}

function sorted(found: MediaDeviceInfo[]): Devices {
  const named = found.filter(({ deviceId, label }) => deviceId !== '' && label !== '');
  return {
    cameras: named.filter(({ kind }) => kind === 'videoinput'),
    microphones: named.filter(({ kind }) => kind === 'audioinput'),
    speakers: CAN_CHOOSE_SPEAKER ? named.filter(({ kind }) => kind === 'audiooutput') : null,
  };
}
