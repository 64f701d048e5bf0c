import { failureWords, type DeviceKind, type MediaFailure } from '../devices/media-failure.js';
import type { LocalMedia } from '../devices/local-media.js';
import { useLocalMedia } from '../devices/use-local-media.js';
import { Button } from '../ui/Button.js';
import { Notice } from '../ui/Notice.js';

/** What is wrong with the camera and the microphone, in one place and with what one can do; one can always join. */
export function DeviceNotices({ media }: { media: LocalMedia }) {
  const { camera, microphone } = useLocalMedia(media);
  const failed: { kind: DeviceKind; failure: MediaFailure }[] = [];
  if (camera.on && camera.failure !== null) failed.push({ kind: 'camera', failure: camera.failure });
  if (microphone.failure !== null) failed.push({ kind: 'microphone', failure: microphone.failure });
  const [first] = failed;
  if (!first) return null;
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
              failure === 'insecure' ? undefined : (
                <Button size="small" look="quiet" onClick={() => void (both ? media.start() : media.retry(kind))}>
                  Try again
                </Button>
              )
            }
          >
            {words.advice} You can join all the same{both || kind === 'microphone' ? ', listen and chat' : ''}.
          </Notice>
        );
      })}
    </>
  );
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
