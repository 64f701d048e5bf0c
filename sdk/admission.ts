import type { RoomSlug } from '@minimeet/protocol';
import { MiniMeetError } from './errors.js';
import { tryUntilDone } from './retry.js';
import type { Signalling } from './signalling.js';

export type Admission = 'admitted' | 'denied';

/**
 * Waits in the lobby of a room until somebody answers. A lost connection loses the place; a new one asks for it again.
 * @throws MiniMeetError the server's refusal: BANNED, ROOM_LOCKED …; the signal's reason, which ends the asking.
 */
export async function requestAdmission(
  signalling: Signalling,
  room: RoomSlug,
  signal: AbortSignal | undefined,
): Promise<Admission> {
  signal?.throwIfAborted();
  await signalling.connect();
  return new Promise((resolve, reject) => {
    let over = false;
    const settle = (done: () => void) => {
      if (over) return;
      over = true;
      offs.forEach((off) => off());
      done();
    };
    const abort = () => {
      settle(() => reject(signal?.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError')));
      void signalling.request('leave_room', {}).catch(() => undefined);
    };
    signal?.addEventListener('abort', abort);
    const ask = () =>
      tryUntilDone(
        () => over,
        async () => void (await signalling.request('request_admission', { room })),
      ).catch((error: unknown) => settle(() => reject(MiniMeetError.from(error))));
    const offs = [
      signalling.onNotification('admission', ({ room: answered, admitted }) => {
        if (answered === room) settle(() => resolve(admitted ? 'admitted' : 'denied'));
      }),
      signalling.on('connected', () => void ask()),
      signalling.on('refused', (error) => settle(() => reject(error))),
      () => signal?.removeEventListener('abort', abort),
    ];
    void ask();
  });
}
