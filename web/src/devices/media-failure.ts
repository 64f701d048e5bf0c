/** Why a camera or a microphone cannot be had. */
export type MediaFailure = 'refused' | 'absent' | 'in-use' | 'insecure' | 'failed';

export type DeviceKind = 'camera' | 'microphone';

/** @returns which of our reasons a rejection of `getUserMedia` is (W3C Media Capture, 10.2.3). */
export function mediaFailureOf(error: unknown): MediaFailure {
  if (!(error instanceof Error)) return 'failed';
  switch (error.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'absent';
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use';
    case 'TypeError':
      return 'insecure';
    default:
      return 'failed';
  }
}

interface FailureWords {
  title: string;
  /** What one can do about it. */
  advice: string;
}

/** @returns the failure in words for the person in front of the page. */
export function failureWords(kind: DeviceKind, failure: MediaFailure): FailureWords {
  switch (failure) {
    case 'refused':
      return {
        title: `Your ${kind} is blocked`,
        advice: `Allow the ${kind} beside the address of this page, then try again.`,
      };
    case 'absent':
      return { title: `No ${kind} found`, advice: 'Connect one and it appears here.' };
    case 'in-use':
      return {
        title: `Your ${kind} is in use`,
        advice: 'Another program may have it. Close that program and try again.',
      };
    case 'insecure':
      return {
        title: `The browser gives no ${kind} here`,
        advice: 'It only does on pages that are served over HTTPS.',
      };
    case 'failed':
      return { title: `Your ${kind} did not start`, advice: 'Try again, or choose another one.' };
  }
}
