import { EventEmitter } from 'node:events';
import { createWorker } from 'mediasoup';
import type { types } from 'mediasoup';
import { backoffMs, type WorkerDeathCause } from '@minimeet/protocol';
import { MediaError } from '../errors.js';
import type { MediaSettings } from '../options.js';
import { within } from './deadline.js';
import { SlotCounts } from './slot-counts.js';
import { WorkerProbe } from './worker-probe.js';
import { WorkerRequests } from './worker-requests.js';

/** `starting`: a worker is being made, or waited for after failures. */
export type SlotState = 'starting' | 'live' | 'closed';

interface WorkerSlotEvents {
  live: [];
  died: [WorkerDeathCause];
}

interface LiveWorker {
  worker: types.Worker;
  webRtcServer: types.WebRtcServer;
  port: number;
  probe: WorkerProbe;
  startedAtMs: number;
}

/** Between respawns, of which the first comes at once. */
const RESPAWN_WAIT = { fromMs: 200, toMs: 10_000 };
/** A worker that lived this long was well: after its death the first respawn comes at once again. */
const HEALTHY_MS = 30_000;

/** A place for one mediasoup worker. It outlives its worker: when that dies, the slot starts another. */
export class WorkerSlot extends EventEmitter<WorkerSlotEvents> {
  readonly #settings: MediaSettings;
  #state: SlotState = 'starting';
  #live?: LiveWorker;
  #restarts = 0;
  #failures = 0;
  #respawnTimer?: NodeJS.Timeout;

  readonly requests: WorkerRequests;
  readonly counts = new SlotCounts();
  /** Workers that had to be replaced, and tries to start one that failed. */
  readonly deaths: Record<WorkerDeathCause, number> = { crash: 0, hang: 0, start: 0 };
  /** People whose media is on this slot. Kept by the rooms. */
  peers = 0;
  /** Rooms that have a router on this slot. Kept by the rooms. */
  rooms = 0;
  /** Rooms placed here since the last sample of the CPU. Kept by the pool. */
  recentPlacements = 0;

  constructor(
    readonly index: number,
    settings: MediaSettings,
  ) {
    super();
    this.#settings = settings;
    this.setMaxListeners(0);
    this.requests = new WorkerRequests(settings.requestTimeoutMs);
  }

  get state(): SlotState {
    return this.#state;
  }

  /** Workers started after the first. */
  get restarts(): number {
    return this.#restarts;
  }

  /** See `WorkerProbe`. */
  get cpuRatio(): number {
    return this.#live?.probe.cpuRatio ?? 0;
  }

  get memoryBytes(): number | null {
    return this.#live?.probe.memoryBytes ?? null;
  }

  get pingSeconds(): number | null {
    return this.#live?.probe.pingSeconds ?? null;
  }

  get pid(): number | null {
    return this.#live?.worker.pid ?? null;
  }

  /** The UDP port; TCP has the same when it was given. */
  get port(): number | null {
    return this.#live?.port ?? null;
  }

  /** @throws MediaError `MEDIA_UNAVAILABLE` while there is no worker. */
  get webRtcServer(): types.WebRtcServer {
    return this.#required().webRtcServer;
  }

  /** @throws MediaError `MEDIA_UNAVAILABLE` while there is no worker, or when it does not answer. */
  createRouter(mediaCodecs: types.RouterRtpCodecCapability[]): Promise<types.Router> {
    const { worker } = this.#required();
    return this.requests.make(worker.createRouter({ mediaCodecs }));
  }

  /** Starts the first worker. @throws what stops it: no binary, a port in use. */
  async start(): Promise<void> {
    await this.#spawn();
  }

  /** Measures the worker, and finds out whether it hangs. */
  async sample(): Promise<void> {
    if (await this.#live?.probe.sample()) {
      // Half, not none: the people of a room placed just before the sample are still connecting.
      this.recentPlacements = this.recentPlacements < 0.5 ? 0 : this.recentPlacements / 2;
    }
  }

  close(): void {
    if (this.#state === 'closed') {
      return;
    }
    this.#state = 'closed';
    clearTimeout(this.#respawnTimer);
    const worker = this.#live?.worker;
    this.#live = undefined;
    worker?.close();
  }

  #required(): LiveWorker {
    if (!this.#live) {
      throw new MediaError('MEDIA_UNAVAILABLE', 'A media worker is being replaced.');
    }
    return this.#live;
  }

  async #spawn(): Promise<void> {
    const { requestTimeoutMs, logLevel, workerBin } = this.#settings;
    const closeWorker = (worker: types.Worker): void => {
      worker.close();
    };
    const worker = await within(requestTimeoutMs, createWorker({ logLevel, workerBin }), closeWorker);
    let live: LiveWorker;
    try {
      const webRtcServer = await this.requests.send(worker.createWebRtcServer({ listenInfos: this.#listenInfos() }));
      const { udpSockets } = await this.requests.send(webRtcServer.dump());
      const probe = new WorkerProbe(worker, this.requests, this.#settings);
      live = { worker, webRtcServer, port: udpSockets[0]?.port ?? 0, probe, startedAtMs: performance.now() };
      if (worker.closed) {
        throw new Error('the worker died at its start');
      }
    } catch (error) {
      worker.close();
      throw error;
    }
    // Closed while the worker started: nobody owns it.
    if (this.#state === 'closed') {
      worker.close();
      return;
    }
    worker.on('died', (error) => {
      this.#died(live, error);
    });
    this.#live = live;
    this.#state = 'live';
    this.emit('live');
  }

  #died(live: LiveWorker, error: Error): void {
    if (this.#state === 'closed') {
      return;
    }
    this.#state = 'starting';
    this.#live = undefined;
    this.#settings.onError(error, 'worker-died');
    if (performance.now() - live.startedAtMs > HEALTHY_MS) {
      this.#failures = 0;
    }
    this.#respawn();
    this.#tellDeath(live.probe.hung ? 'hang' : 'crash');
  }

  #respawn(): void {
    const delayMs = this.#failures === 0 ? 0 : backoffMs(this.#failures - 1, RESPAWN_WAIT);
    this.#failures += 1;
    this.#respawnTimer = setTimeout(() => {
      this.#restarts += 1;
      this.#spawn().catch((error: unknown) => {
        if (this.#state !== 'closed') {
          this.#settings.onError(error, 'worker-respawn');
          this.#respawn();
          this.#tellDeath('start');
        }
      });
    }, delayMs);
  }

  #tellDeath(cause: WorkerDeathCause): void {
    this.deaths[cause] += 1;
    this.emit('died', cause);
  }

  #listenInfos(): types.TransportListenInfo[] {
    const { listenIp, announcedAddresses, firstPort } = this.#settings;
    const common = {
      ip: listenIp,
      announcedAddress: announcedAddresses[0],
      port: firstPort === 0 ? undefined : firstPort + this.index,
    };
    return [
      { ...common, protocol: 'udp' },
      { ...common, protocol: 'tcp' },
    ];
  }
}
