import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/Button.js';
import { Notice } from '../ui/Notice.js';
import { failureWords, type DeviceKind, type MediaFailure } from './media-failure.js';
import type { LocalMedia, LocalMediaState } from './local-media.js';
import { useLocalMedia } from './use-local-media.js';

interface DeviceNoticesProps {
  media: LocalMedia;
  /** A sentence after each advice. */
  reassurance?: string;
  /** In a call: can be put away, and is not said again when it was said before the call. */
  dismissible?: boolean;
}

/** What is wrong with the camera and the microphone, in one place and with what one can do. */
export function DeviceNotices({ media, reassurance = '', dismissible = false }: DeviceNoticesProps) {
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
        const words = both ? bothWords(failure) : failureWords(kind, failure);
        return (
          <Notice
            key={kind}
            tone="warning"
            title={words.title}
            action={
              <>
                {failure !== 'insecure' && (
                  <Button size="small" look="quiet" onClick={() => void (both ? media.start() : media.retry(kind))}>
                    Try again
                  </Button>
                )}
                {dismissible && (
                  <Button size="small" look="quiet" aria-label="Dismiss" onClick={() => setDismissed(known)}>
                    <X size={16} aria-hidden="true" />
                  </Button>
                )}
              </>
            }
          >
            {words.advice} {reassurance}
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

function bothWords(failure: MediaFailure): { title: string; advice: string } {
  switch (failure) {
    case 'refused':
      return {
        title: 'Camera and microphone are blocked',
        advice: 'Allow them beside the address of this page, then try again.',
      };
    case 'absent':
      return { title: 'No camera and no microphone found', advice: 'Connect them and they appear here.' };
    case 'in-use':
      return { title: 'Camera and microphone are in use', advice: 'Another program may have them.' };
    case 'insecure':
      return {
        title: 'The browser gives no camera or microphone here',
        advice: 'It only does on pages served over HTTPS.',
      };
    case 'failed':
      return { title: 'Camera and microphone did not start', advice: 'Try again, or choose others.' };
  }
}
