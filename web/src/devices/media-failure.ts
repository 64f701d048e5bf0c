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
