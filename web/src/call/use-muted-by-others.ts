import { MiniMeetError, type Room } from '@minimeet/sdk';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalMedia } from '../devices/local-media.js';
import { sentenceOf } from '../session/sentences.js';
import { useToast } from '../ui/Toasts.js';

/** Microphone, camera and screen go off when a moderator turns them off, and one is told who did it. */
export function useMutedByOthers(room: Room, media: LocalMedia): void {
  const { t } = useTranslation('call');
  const toast = useToast();
  useEffect(
    () =>
      room.on('muted', ({ source, by }) => {
        if (source === 'microphone' || source === 'camera') void media.turn(source, false);
        // It goes with the screen that it belongs to.
        if (source === 'screen_audio') return;
        toast(by === null ? t(`mutedBy.nobody.${source}`) : t(`mutedBy.${source}`, { name: by }));
      }),
    [room, media, toast, t],
  );
}

/** @returns a function that tells a failure; a person who may not unmute is muted again, and learns what to do. */
export function useFailure(media: LocalMedia): (error: unknown) => void {
  const { t } = useTranslation('call');
  const toast = useToast();
  return useCallback(
    (error) => {
      if (!(error instanceof MiniMeetError && error.code === 'UNMUTE_FORBIDDEN')) return toast(sentenceOf(error));
      void media.turn('microphone', false);
      toast(t('mutedBy.unmuteForbidden'));
    },
    [media, toast, t],
  );
}
