import type { LeaveReason, MediaResetReason, Publication } from '@minimeet/protocol';
import { AppError } from '../../common/errors/index.js';
import type { EventBus, StayFacts } from '../../common/events/index.js';
import { SerialQueue } from '../../common/serial-queue.js';
import type { MediaPeer } from '../media-host.js';
import { Published } from './published.js';
import type { Standing } from './standing.js';
import type { StayConnection } from './stay-connection.js';

/** The parts of its stay that the media needs. */
interface MediaOwner {
  facts: () => StayFacts;
  readonly events: EventBus;
  readonly standing: Standing;
  readonly connection: StayConnection;
  /** Tells the others what is published now. */
  tellPublications: () => void;
}

/**
 * The media of one stay: one peer at a time, made by one request at a time. It comes and goes, and ends with its stay.
 */
export class StayMedia {
  readonly published: Published;
  private current: MediaPeer | null = null;
  private hadPeer = false;
  private hasEnded = false;
  private readonly rebuilds = new SerialQueue();

  constructor(private readonly owner: MediaOwner) {
    this.published = new Published((change) =>
      owner.events.publish('publication-changed', { ...owner.facts(), ...change }),
    );
  }

  get peer(): MediaPeer | null {
    return this.current;
  }

  /**
   * Makes new media in place of the old. Two connections share a stay while one takes over from the other, so each
   * waits for the one before; a peer that nobody wants any more when it is ready is closed at once.
   *
   * @param assertWanted - asked before and after; throws when the connection that asks has lost the stay.
   * @param make - gives the peer, or `null` for a client without media.
   */
  rebuild(assertWanted: () => void, make: () => Promise<MediaPeer | null>): Promise<MediaPeer | null> {
    return this.rebuilds.run(async () => {
      assertWanted();
      this.drop();
      const peer = await make();
      try {
        assertWanted();
        if (peer) this.set(peer);
      } catch (error) {
        peer?.close('failed');
        throw error;
      }
      return peer;
    });
  }

  /** Gives the stay media that was made before the stay began. @throws AppError MEDIA_UNAVAILABLE, WRONG_STATE */
  set(peer: MediaPeer): void {
    assertAlive(peer);
    if (this.hasEnded) throw new AppError('WRONG_STATE', 'This stay is over.');
    this.current = peer;
    const { events, facts, connection } = this.owner;
    if (this.hadPeer) events.publish('media-rebuilt', facts());
    this.hadPeer = true;
    peer.on('consumers-opened', (consumers) => connection.openConsumers(consumers, confirm(peer, consumers)));
    peer.on('consumers-changed', (consumers) => connection.notify('consumers_changed', { consumers }));
    peer.on('consumers-closed', (consumerIds) => connection.notify('consumers_closed', { consumerIds }));
    peer.on('layers-wanted', (producers) => connection.notify('layers_wanted', { producers }));
    peer.on('publications-changed', (publications) => this.setPublications(peer, publications));
    peer.on('closed', (reason) => this.lost(peer, reason));
  }

  /** After a resume the client may have missed some: tells it of all, and closes nothing. */
  reopenConsumers(): void {
    const peer = this.current;
    if (!peer) return;
    const consumers = peer.consumers();
    this.owner.connection.openConsumers(consumers, confirm(peer, consumers));
    peer.announceState();
  }

  /** With the stay. */
  end(reason: LeaveReason): void {
    this.hasEnded = true;
    this.rememberMicrophone();
    this.close(reason);
  }

  /** Ends the media and not the stay: the person is about to get new media. */
  private drop(): void {
    this.close('left');
    this.forgetPublications();
  }

  private close(reason: LeaveReason): void {
    const peer = this.current;
    this.current = null;
    peer?.close(reason);
  }

  private setPublications(peer: MediaPeer, publications: Publication[]): void {
    if (peer !== this.current) return;
    this.published.replace(publications);
    if (publications.some(({ source }) => source === 'microphone')) this.owner.standing.microphoneWasOn = false;
    this.owner.tellPublications();
  }

  private forgetPublications(): void {
    if (this.published.now.length === 0) return;
    this.rememberMicrophone();
    this.published.replace([]);
    this.owner.tellPublications();
  }

  /** A person who could be heard may be heard again with new media, or in another tab. */
  private rememberMicrophone(): void {
    if (this.published.microphoneIsOn) this.owner.standing.microphoneWasOn = true;
  }

  private lost(peer: MediaPeer, reason: LeaveReason | MediaResetReason): void {
    if (peer !== this.current) return;
    this.current = null;
    const { events, facts, connection } = this.owner;
    const resetReason = reason === 'worker-died' ? reason : 'transport-failed';
    events.publish('media-lost', { ...facts(), reason: resetReason });
    this.forgetPublications();
    connection.notify('media_reset', { reason: resetReason });
  }
}

/** After the wait for a peer: its worker may have died. @throws AppError MEDIA_UNAVAILABLE */
export function assertAlive(peer: MediaPeer): void {
  if (peer.closed) throw new AppError('MEDIA_UNAVAILABLE', 'A media worker has just been replaced; try again.');
}

function confirm(peer: MediaPeer, consumers: readonly { id: string }[]): () => void {
  return () => peer.confirmConsumers(consumers.map(({ id }) => id));
}
