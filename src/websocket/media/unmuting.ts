import type { ProducerId, ProducerOptions } from '@minimeet/protocol';
import { AppError } from '../../common/errors/index.js';
import { isModerating } from '../call/call-powers.js';
import type { Stay } from '../call/stay.js';

// In a room without `allowUnmute` only hosts and moderators turn on a microphone that was off, be it paused or a new
// producer. Cameras and screens are not covered: they show themselves, and a moderator ends them by `mute_participant`.

/** @throws AppError UNMUTE_FORBIDDEN */
export function assertMayProduce(stay: Stay, producers: readonly ProducerOptions[]): void {
  const known = new Set(stay.media.peer?.publications.map(({ producerId }) => producerId));
  // Asking again for what is there already turns nothing on.
  const turnsOn = producers.some(
    ({ source, paused, requestId }) => source === 'microphone' && !paused && !known.has(requestId),
  );
  if (turnsOn) assertMayUnmute(stay);
}

/** @throws AppError UNMUTE_FORBIDDEN */
export function assertMayResume(stay: Stay, producerId: ProducerId): void {
  const publication = stay.media.peer?.publications.find((one) => one.producerId === producerId);
  if (publication?.source === 'microphone' && publication.paused) assertMayUnmute(stay);
}

function assertMayUnmute({ room, role, standing }: Stay): void {
  if (room.allowUnmute || isModerating(role) || standing.microphoneWasOn) return;
  throw new AppError('UNMUTE_FORBIDDEN', 'The host lets nobody unmute themselves in this room.');
}
