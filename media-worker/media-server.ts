import type { Direction, MediaKind, RoomId, RtpCapabilities, WorkerDeathCause } from '@minimeet/protocol';
import { ROUTER_RTP_CAPABILITIES } from './codecs.js';
import { MediaError } from './errors.js';
import { MediaRoom } from './media-room.js';
import type { MediaServerOptions, MediaSettings } from './options.js';
import { SafeEmitter } from './safe-emitter.js';
import { settingsOf } from './settings.js';
import { SampleSchedule } from './telemetry/sample-schedule.js';
import type { TelemetryEvents } from './telemetry/telemetry.js';
import { WorkerPool } from './workers/worker-pool.js';
import type { SlotState } from './workers/worker-slot.js';

/** The workers' state, as known without asking them. */
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
  /** Resident memory; `null` before it was measured, and where it cannot be (elsewhere than on Linux). */
  memoryBytes: number | null;
  /** Round trip of the request that measures the CPU, or a longer wait for its answer; `null` before the first one. */
  pingSeconds: number | null;
  /** Workers that had to be replaced, and tries to start one that failed. */
  deaths: Record<WorkerDeathCause, number>;
  /** Requests to the workers of this slot so far; see `WorkerRequests`. */
  workerRequests: number;
  /** Workers started after the first. */
  restarts: number;
  rooms: number;
  peers: number;
  /** These count participants' own only; pipes between slots are excluded. */
  transports: Record<Direction, number>;
  producers: Record<MediaKind, number>;
  consumers: Record<MediaKind, number>;
  /** UDP (and, where it was given, TCP) port; `null` while a worker is being started. */
  port: number | null;
}

/** The SFU: owns the workers and the media of all rooms. */
export class MediaServer extends SafeEmitter<TelemetryEvents> {
  readonly #pool: WorkerPool;
  readonly #settings: MediaSettings;
  readonly routerRtpCapabilities: RtpCapabilities = ROUTER_RTP_CAPABILITIES;
  readonly #rooms = new Map<RoomId, MediaRoom>();
  readonly #schedule: SampleSchedule;
  #closed = false;

  private constructor(pool: WorkerPool, settings: MediaSettings) {
    super(settings);
    this.#pool = pool;
    this.#settings = settings;
    this.#schedule = new SampleSchedule(settings.qualityIntervalMs);
    for (const slot of pool.slots) {
      slot.on('died', (cause) => {
        this.tell('worker-died', { slot: slot.index, cause });
      });
    }
  }

  /** Starts the workers. @throws when one cannot start, or an option is out of bounds; the message says which. */
  static async create(options: MediaServerOptions): Promise<MediaServer> {
    const settings = settingsOf(options);
    return new MediaServer(await WorkerPool.create(settings), settings);
  }

  /** For health and metrics; asks no worker. */
  status(): MediaServerStatus {
    return {
      slots: this.#pool.slots.map((slot) => ({
        index: slot.index,
        state: slot.state,
        pid: slot.pid,
        cpuRatio: slot.cpuRatio,
        memoryBytes: slot.memoryBytes,
        pingSeconds: slot.pingSeconds,
        deaths: { ...slot.deaths },
        workerRequests: slot.requests.sent,
        restarts: slot.restarts,
        rooms: slot.rooms,
        peers: slot.peers,
        transports: { ...slot.counts.transports },
        producers: { ...slot.counts.producers },
        consumers: { ...slot.counts.consumers },
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
    const room = new MediaRoom(roomId, this.#pool, this.#settings, (...fact) => this.tell(...fact), this.#schedule);
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
    this.#pool.close();
  }
}
