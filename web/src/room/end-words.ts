import type { EndReason } from '@minimeet/sdk';

interface EndWords {
  title: string;
  text: string;
  canRejoin: boolean;
}

/** @returns why the call is over for this person, and whether they can come again. */
export function endWords(reason: EndReason): EndWords {
  switch (reason) {
    case 'left':
      return { title: 'You left the call', text: 'Your camera and microphone are off.', canRejoin: true };
    case 'replaced':
      return {
        title: 'You are in the call elsewhere',
        text: 'You joined again in another window or on another device, so this one has left.',
        canRejoin: true,
      };
    case 'kicked':
      return { title: 'You were removed from the call', text: 'A moderator of the room did this.', canRejoin: false };
    case 'banned':
      return { title: 'You were banned from this room', text: 'A moderator of the room did this.', canRejoin: false };
    case 'room-ended':
    case 'ended':
      return { title: 'The call has ended', text: 'It was ended for everybody.', canRejoin: true };
    case 'deleted':
      return { title: 'This room was deleted', text: 'The call ended with it.', canRejoin: false };
    case 'timed-out':
      return {
        title: 'The connection was lost',
        text: 'The server could not be reached for too long.',
        canRejoin: true,
      };
    case 'draining':
      return {
        title: 'The server is being restarted',
        text: 'It takes a few seconds. Then everybody can join again.',
        canRejoin: true,
      };
    case 'failed':
      return { title: 'The call could not go on', text: 'Joining again usually helps.', canRejoin: true };
  }
}
