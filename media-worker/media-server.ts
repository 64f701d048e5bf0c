import type { RoomId, RtpCapabilities } from '@minimeet/protocol';
import { ROUTER_RTP_CAPABILITIES } from './codecs.js';
import { MediaError } from './errors.js';
import { MediaRoom } from './media-room.js';
import type { MediaServerOptions, MediaSettings } from './options.js';
import { settingsOf } from './settings.js';
import { WorkerPool } from './worker-pool.js';
import type { SlotState } from './worker-slot.js';

/** What is known of the workers without asking them. */
export interface MediaServerStatus {
  slots: SlotStatus[];
}

export interface SlotStatus {
  index: number;
  state: SlotState;
  /** `null` while a worker is being started. */
  pid: number | null;
  /** CPU share of one core, 0..1, over the last sample. */
  cpuRatio: number;
  /** Workers started after the first. */
  restarts: number;
  rooms: number;
  peers: number;
  consumers: number;
  /** UDP (and, where it was given, TCP) port; `null` while a worker is being started. */
  port: number | null;
}

/** The SFU: owns the workers and the media of all rooms. */
export class MediaServer {
  readonly routerRtpCapabilities: RtpCapabilities = ROUTER_RTP_CAPABILITIES;
  readonly #rooms = new Map<RoomId, MediaRoom>();
  #closed = false;

  private constructor(
    private readonly pool: WorkerPool,
    private readonly settings: MediaSettings,
  ) {}

  /** Starts the workers. @throws when one cannot start, or an option is out of bounds; the message says which. */
  static async create(options: MediaServerOptions): Promise<MediaServer> {
    const settings = settingsOf(options);
    return new MediaServer(await WorkerPool.create(settings), settings);
  }

  /** For health and metrics; asks no worker. */
  status(): MediaServerStatus {
    return {
      slots: this.pool.slots.map((slot) => ({
        index: slot.index,
        state: slot.state,
        pid: slot.pid,
        cpuRatio: slot.cpuRatio,
        restarts: slot.restarts,
        rooms: slot.rooms,
        peers: slot.peers,
        consumers: slot.consumers,
        port: slot.port,
      })),
    };
  }

  /** Gets or creates the media of a room. Keep none of them: one whose last peer closes closes itself. */
  room(roomId: RoomId): MediaRoom {
    if (this.#closed) {
      throw new MediaError('DRAINING', 'The media server has closed.');
    }
    const known = this.#rooms.get(roomId);
    if (known) {
      return known;
    }
    const room = new MediaRoom(roomId, this.pool, this.settings);
    this.#rooms.set(roomId, room);
    room.once('closed', () => {
      this.#rooms.delete(roomId);
    });
    return room;
  }

  /** Closes all rooms and stops the workers. */
  async close(): Promise<void> {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    for (const room of [...this.#rooms.values()]) {
      room.close();
    }
    this.pool.close();
  }
}
