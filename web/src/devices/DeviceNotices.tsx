import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.js';
import { Notice } from '../ui/Notice.js';
import type { DeviceKind, MediaFailure } from './media-failure.js';
import type { LocalMedia, LocalMediaState } from './local-media.js';
import { browserOf } from './browser-of.js';
import { useLocalMedia } from './use-local-media.js';

interface DeviceNoticesProps {
  media: LocalMedia;
  /** A sentence after each advice. */
  reassurance?: string;
  /** In a call: can be put away, and is not said again when it was said before the call. */
  dismissible?: boolean;
}

/** Says what is wrong with the camera and the microphone, in one place and with what one can do. */
export function DeviceNotices({ media, reassurance = '', dismissible = false }: DeviceNoticesProps) {
  const { t } = useTranslation('devices');
  const browser = browserOf(navigator.userAgent, navigator.maxTouchPoints);
  const state = useLocalMedia(media);
  const failed = failuresOf(state);
  const known = failed.map(({ kind, failure }) => `${kind} ${failure}`).join();
  const [dismissed, setDismissed] = useState(dismissible ? known : null);
  // Tried again: if it fails again, that is news.
  if (dismissed !== null && (state.camera.starting || state.microphone.starting)) setDismissed(null);
  const [first] = failed;
  if (!first || (dismissible && dismissed === known)) return null;
  const both = failed.length === 2 && failed.every(({ failure }) => failure === first.failure);
  return (
    <>
      {(both ? [first] : failed).map(({ kind, failure }) => {
        const words = `failure.${both ? 'both' : kind}.${failure}` as const;
        return (
          <Notice
            key={kind}
            tone="warning"
            title={t(`${words}.title`)}
            action={
              <>
                {failure !== 'insecure' && (
                  <Button size="small" look="quiet" onClick={() => void (both ? media.start() : media.retry(kind))}>
                    {t('tryAgain', { ns: 'common' })}
                  </Button>
                )}
                {dismissible && (
                  <Button size="small" look="quiet" aria-label={t('dismiss')} onClick={() => setDismissed(known)}>
                    <X size={16} aria-hidden="true" />
                  </Button>
                )}
              </>
            }
          >
            {failure === 'refused' && browser ? t(`failure.refusedIn.${browser}`) : t(`${words}.advice`)} {reassurance}
          </Notice>
        );
      })}
    </>
  );
}

/** Only of devices that are wanted: a camera that is off on purpose is no problem. */
function failuresOf({ camera, microphone }: LocalMediaState): { kind: DeviceKind; failure: MediaFailure }[] {
  const failed: { kind: DeviceKind; failure: MediaFailure }[] = [];
  if (camera.on && camera.failure !== null) failed.push({ kind: 'camera', failure: camera.failure });
  if (microphone.on && microphone.failure !== null) failed.push({ kind: 'microphone', failure: microphone.failure });
  return failed;
}
