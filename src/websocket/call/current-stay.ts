import type { RoomSlug, TransportId } from '@minimeet/protocol';
import { AppError } from '../../common/errors/index.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import type { MediaPeer } from '../media-host.js';
import { PreparedMedia } from './prepared-media.js';
import type { Stay } from './stay.js';

/** The stay and the waiting media of one connection's requests: a connection is in one call at a time. */
export class CurrentStay {
  readonly prepared = new PreparedMedia();
  private stay: Stay | null = null;

  constructor(private readonly socket: MeetingSocket) {}

  /** `null` when one is in no call, and when another connection has taken over. */
  get now(): Stay | null {
    return this.stay?.connection.isThrough(this.socket) ? this.stay : null;
  }

  /** The room of the call. */
  get slug(): RoomSlug | null {
    return this.now?.slug ?? null;
  }

  /** In place of another call, which one leaves. */
  set(stay: Stay): void {
    if (this.stay !== stay) this.leave();
    this.stay = stay;
  }

  leave(): void {
    this.now?.end('left');
    this.stay = null;
  }

  /** @throws AppError WRONG_STATE */
  get(): Stay {
    if (!this.now) throw new AppError('WRONG_STATE', 'Join a room first.');
    return this.now;
  }

  /** @throws AppError WRONG_STATE */
  peer(): MediaPeer {
    const { peer } = this.get().media;
    if (!peer) throw new AppError('WRONG_STATE', 'You have no media in this call: join it with rtpCapabilities.');
    return peer;
  }

  /** @throws AppError NOT_FOUND */
  peerWith(transportId: TransportId): MediaPeer {
    const peer = [this.now?.media.peer, this.prepared.peer].find(
      (candidate) => candidate?.sendTransport.id === transportId || candidate?.recvTransport.id === transportId,
    );
    if (!peer) throw new AppError('NOT_FOUND', 'You have no such transport.');
    return peer;
  }
}
