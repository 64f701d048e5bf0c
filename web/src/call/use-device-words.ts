import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallControls } from './controls/call-controls.js';

/** Says when microphone and camera go on and off, however that came about. */
export function useDeviceWords(
  { microphone, camera }: Pick<CallControls, 'microphone' | 'camera'>,
  say: (text: string) => void,
): void {
  const { t } = useTranslation('call');
  useChange(microphone.working, (on) => say(on ? t('said.unmuted') : t('said.muted')));
  useChange(camera.working, (on) => say(on ? t('said.cameraOn') : t('said.cameraOff')));
}

/** Calls `onChange` with every value but the first. */
function useChange(value: boolean, onChange: (value: boolean) => void): void {
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    onChange(value);
  });
}
