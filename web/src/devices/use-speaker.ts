import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../ui/Toasts.js';

/**
 * The chosen speaker while it is plugged in, else the system's default; says which.
 * @param chosen '' is the system's default.
 * @returns a `deviceId` for `setSinkId`.
 */
export function useSpeaker(chosen: string): string {
  const { t } = useTranslation('devices');
  const toast = useToast();
  const [missing, setMissing] = useState(false);
  const known = useRef({ chosen, missing: false });
  useEffect(() => {
    // Absent on insecure pages, whatever the types say.
    const source = navigator.mediaDevices as MediaDevices | undefined;
    if (!source || chosen === '') {
      setMissing(false);
      return undefined;
    }
    let current = true;
    const look = async () => {
      const found = await source.enumerateDevices();
      if (!current) return;
      const speakers = found.filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '');
      // Before a permission, a browser names none: then it is not known.
      const isMissing = speakers.length > 0 && !speakers.some(({ deviceId }) => deviceId === chosen);
      const before = known.current;
      known.current = { chosen, missing: isMissing };
      setMissing(isMissing);
      if (before.chosen === chosen && before.missing !== isMissing)
        toast(isMissing ? t('news.speakerGone') : t('news.speakerBack'));
    };
    const lookAgain = () => void look().catch(() => undefined);
    lookAgain();
    source.addEventListener('devicechange', lookAgain);
    return () => {
      current = false;
      source.removeEventListener('devicechange', lookAgain);
    };
  }, [chosen, toast, t]);
  return missing ? '' : chosen;
}
