import { LIMITS, type ParticipantId, type RoomId, type RtpCapabilities } from '@minimeet/protocol';
import { MediaError, unavailable } from './errors.js';
import { RoomRouter } from './forwarding/room-router.js';
import { RoomTracks } from './forwarding/room-tracks.js';
import type { MediaSettings } from './options.js';
import { MediaPeer } from './peer/media-peer.js';
import { guardRtpCapabilities } from './peer/rtp-guard.js';
import { SafeEmitter } from './safe-emitter.js';
import type { SampleSchedule } from './telemetry/sample-schedule.js';
import type { Tell } from './telemetry/telemetry.js';
import { placeInRoom } from './workers/placement.js';
import type { WorkerPool } from './workers/worker-pool.js';
import type { WorkerSlot } from './workers/worker-slot.js';

interface MediaRoomEvents {
  /** The speakers of this moment, loudest first, at most four; empty in silence. */
  'active-speakers': [ParticipantId[]];
  /** The last event; ask the server for the room again. */
  closed: [];
}

/** A worker may die while a peer is made; then another slot is tried. */
const ATTEMPTS = 3;

/** The media of one room, on one slot or several. Closes itself with its last peer. */
export class MediaRoom extends SafeEmitter<MediaRoomEvents> {
  readonly #pool: WorkerPool;
  readonly #settings: MediaSettings;
  readonly #tellOfServer: Tell;
  readonly #schedule: SampleSchedule;
  readonly #peers = new Map<ParticipantId, MediaPeer>();
  /** Peers in the making. */
  readonly #joining = new Set<ParticipantId>();
  /** The first is the home of the room. */
  readonly #routers = new Map<WorkerSlot, RoomRouter>();
  readonly #tracks: RoomTracks;
  #joins = 0;
  #closed = false;

  /** Made by `MediaServer.room`. */
  constructor(
    readonly id: RoomId,
    pool: WorkerPool,
    settings: MediaSettings,
    tellOfServer: Tell,
    schedule: SampleSchedule,
  ) {
    super(settings);
    this.#pool = pool;
    this.#settings = settings;
    this.#tellOfServer = tellOfServer;
    this.#schedule = schedule;
    this.#tracks = new RoomTracks(settings, (ids) => {
      this.tell('active-speakers', ids);
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Prepares one person's media; it flows after `MediaPeer.join`.
   *
   * @throws MediaError `UNSUPPORTED_MEDIA`, `LIMIT_EXCEEDED` (too many capabilities), `ROOM_FULL`, `WRONG_STATE` (the
   * peer is here already, the room has closed), `MEDIA_UNAVAILABLE`.
   */
  async addPeer(options: { participantId: ParticipantId; rtpCapabilities: RtpCapabilities }): Promise<MediaPeer> {
    const { participantId } = options;
    this.#assertOpen();
    if (this.#peers.has(participantId) || this.#joining.has(participantId)) {
      throw new MediaError('WRONG_STATE', 'This participant has media in the room already.');
    }
    if (this.#peers.size + this.#joining.size >= LIMITS.participantsPerRoom) {
      throw new MediaError('ROOM_FULL', `A call takes ${LIMITS.participantsPerRoom} people.`);
    }
    this.#joining.add(participantId);
    this.#joins += 1;
    const joinOrder = this.#joins;
    try {
      return await this.#makePeer(participantId, guardRtpCapabilities(options.rtpCapabilities), joinOrder);
    } finally {
      this.#joining.delete(participantId);
      this.#closeIfEmpty();
    }
  }

  /** Ends everybody's media. */
  close(): void {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    for (const peer of [...this.#peers.values()]) {
      peer.close('room-ended');
    }
    for (const roomRouter of [...this.#routers.values()]) {
      roomRouter.close();
    }
    this.#tracks.close();
    this.tell('closed');
  }

  async #makePeer(
    participantId: ParticipantId,
    rtpCapabilities: RtpCapabilities,
    joinOrder: number,
  ): Promise<MediaPeer> {
    for (let attempt = 1; ; attempt += 1) {
      await this.#pool.whenLive();
      this.#assertOpen();
      const roomRouter = this.#chooseRouter();
      roomRouter.addPeer();
      try {
        return await this.#makePeerOn(roomRouter, participantId, rtpCapabilities, joinOrder);
      } catch (error) {
        this.#leaveRouter(roomRouter);
        this.#assertOpen();
        if (attempt === ATTEMPTS) {
          throw unavailable(error);
        }
        this.#settings.onError(error, 'add-peer');
      }
    }
  }

  async #makePeerOn(
    roomRouter: RoomRouter,
    participantId: ParticipantId,
    rtpCapabilities: RtpCapabilities,
    joinOrder: number,
  ): Promise<MediaPeer> {
    const made = await Promise.allSettled([roomRouter.createTransport('up'), roomRouter.createTransport('down')]);
    const [send, recv] = made;
    if (this.#closed || roomRouter.closed || send.status === 'rejected' || recv.status === 'rejected') {
      made.forEach((result) => {
        if (result.status === 'fulfilled') {
          roomRouter.slot.requests.close(result.value);
        }
      });
      throw unavailable(made.find((result) => result.status === 'rejected')?.reason);
    }
    const peer = new MediaPeer({
      participantId,
      roomId: this.id,
      send: send.value,
      recv: recv.value,
      rtpCapabilities,
      roomRouter,
      roomTracks: this.#tracks,
      joinOrder,
      settings: this.#settings,
      tell: this.#tellOfServer,
      schedule: this.#schedule,
    });
    this.#peers.set(participantId, peer);
    // Before anybody else listens, so that they find the room as it is then.
    peer.once('closed', () => {
      this.#peers.delete(participantId);
      this.#leaveRouter(roomRouter);
      this.#closeIfEmpty();
    });
    roomRouter.once('closed', () => {
      peer.close('worker-died');
    });
    return peer;
  }

  #chooseRouter(): RoomRouter {
    const live = [...this.#routers.values()].filter(({ slot }) => slot.state === 'live');
    const peersInRoom = this.#peers.size + this.#joining.size;
    const parts = live.map(({ slot, peers, consumers }) => ({ index: slot.index, peers, consumers }));
    const index = placeInRoom(parts, peersInRoom, this.#settings);
    const roomy = live.find(({ slot }) => slot.index === index);
    if (roomy) {
      return roomy;
    }
    const slot = this.#pool.place((candidate) => !this.#routers.has(candidate));
    if (slot) {
      return this.#openRouter(slot);
    }
    const [emptiest] = live.sort((a, b) => a.consumers - b.consumers || a.peers - b.peers);
    if (!emptiest) {
      throw new MediaError('MEDIA_UNAVAILABLE', 'No media worker is running.');
    }
    return emptiest;
  }

  #openRouter(slot: WorkerSlot): RoomRouter {
    const roomRouter = new RoomRouter(slot, this.#settings);
    roomRouter.setMaxListeners(0);
    this.#routers.set(slot, roomRouter);
    roomRouter.on('levels', (levels) => {
      this.#tracks.measured(slot.index, levels);
    });
    roomRouter.once('closed', () => {
      this.#routers.delete(slot);
    });
    return roomRouter;
  }

  #leaveRouter(roomRouter: RoomRouter): void {
    roomRouter.removePeer();
    if (roomRouter.peers === 0) {
      roomRouter.close();
    }
  }

  #closeIfEmpty(): void {
    if (this.#peers.size === 0 && this.#joining.size === 0) {
      this.close();
    }
  }

  #assertOpen(): void {
    if (this.#closed) {
      throw new MediaError('WRONG_STATE', 'The room has closed.');
    }
  }
}
