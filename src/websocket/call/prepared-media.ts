import { type ParticipantId, type RoomSlug, TIMES } from '@minimeet/protocol';
import type { MediaPeer } from '../media-host.js';

interface Prepared {
  /** `undefined`: to try the network. */
  slug: RoomSlug | undefined;
  participantId: ParticipantId;
  peer: MediaPeer;
}

/** Media that waits on the pre-join screen for the click: at most one of a connection, and not for ever. */
export class PreparedMedia {
  private held: Prepared | null = null;
  private timer: NodeJS.Timeout | undefined;

  get peer(): MediaPeer | undefined {
    return this.held?.peer;
  }

  /** In place of what was held before, which is closed. */
  hold(prepared: Prepared): void {
    this.drop();
    this.held = prepared;
    this.timer = setTimeout(() => this.drop(), TIMES.preparedMediaMs);
    prepared.peer.on('closed', () => {
      if (this.held === prepared) this.forget();
    });
  }

  /** Hands over to the caller the media that is held for this room. */
  take(slug: RoomSlug): Prepared | null {
    const { held } = this;
    if (held?.slug !== slug) return null;
    this.forget();
    return held;
  }

  drop(): void {
    this.held?.peer.close('left');
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.held = null;
  }
}
