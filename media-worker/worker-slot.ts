import { EventEmitter } from 'node:events';
import { createWorker } from 'mediasoup';
import type { types } from 'mediasoup';
import { within } from './deadline.js';
import { MediaError } from './errors.js';
import type { MediaSettings } from './options.js';

/** `starting`: a worker is being made, or waited for after failures. */
export type SlotState = 'starting' | 'live' | 'closed';

interface WorkerSlotEvents {
  live: [];
}

interface LiveWorker {
  worker: types.Worker;
  webRtcServer: types.WebRtcServer;
  port: number;
  startedAtMs: number;
}

/** The first respawn comes at once; then 0.2 s, doubling up to the cap. */
const FIRST_BACKOFF_MS = 200;
const MAX_BACKOFF_MS = 10_000;
/** A worker that lived this long was well: its death starts the backoff anew. */
const HEALTHY_MS = 30_000;

/** A place for one mediasoup worker. It outlives its worker: when that dies, the slot starts another. */
export class WorkerSlot extends EventEmitter<WorkerSlotEvents> {
  #state: SlotState = 'starting';
  #live?: LiveWorker;
  #restarts = 0;
  #failures = 0;
  #respawnTimer?: NodeJS.Timeout;
  #cpuRatio = 0;
  #lastUsage?: { cpuMs: number; atMs: number };
  #sampling = false;

  /** People whose media is on this slot. Kept by the rooms. */
  peers = 0;
  /** Rooms that have a router on this slot. Kept by the rooms. */
  rooms = 0;
  /** Consumers on this slot. Kept by the rooms. */
  consumers = 0;
  /** Rooms placed here since the last sample of the CPU. Kept by the pool. */
  recentPlacements = 0;

  constructor(
    readonly index: number,
    private readonly settings: MediaSettings,
  ) {
    super();
    this.setMaxListeners(0);
  }

  get state(): SlotState {
    return this.#state;
  }

  /** Workers started after the first. */
  get restarts(): number {
    return this.#restarts;
  }

  /** CPU share of one core, 0..1, over the last sample. */
  get cpuRatio(): number {
    return this.#cpuRatio;
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
    return within(this.settings.requestTimeoutMs, worker.createRouter({ mediaCodecs }), (router) => {
      router.close();
    });
  }

  /** Starts the first worker. @throws what stops it: no binary, a port in use. */
  async start(): Promise<void> {
    await this.#spawn();
  }

  /**
   * Measures the worker's CPU; also its watchdog, since a worker that hangs does not answer and is not reported.
   * One that stays silent for `workerHangMs` is killed, and so handled as any that died.
   */
  async sample(): Promise<void> {
    const live = this.#live;
    if (!live || this.#sampling) {
      return;
    }
    this.#sampling = true;
    const half = this.settings.workerHangMs / 2;
    // Two steps: when this process itself was stopped or busy, the answer is read between them.
    let watchdog = setTimeout(() => {
      watchdog = setTimeout(() => {
        this.settings.onError(new Error(`worker ${live.worker.pid} does not answer`), 'worker-hang');
        kill(live.worker.pid);
      }, half);
    }, half);
    try {
      const usage = await live.worker.getResourceUsage();
      this.#measure(usage.ru_utime + usage.ru_stime);
    } catch {
      // The worker died meanwhile, of which the 'died' event tells.
    } finally {
      clearTimeout(watchdog);
      this.#sampling = false;
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

  #measure(cpuMs: number): void {
    const atMs = performance.now();
    if (this.#lastUsage && atMs > this.#lastUsage.atMs) {
      this.#cpuRatio = Math.max(0, (cpuMs - this.#lastUsage.cpuMs) / (atMs - this.#lastUsage.atMs));
    }
    this.#lastUsage = { cpuMs, atMs };
    // Half, not none: the people of a room placed just before the sample are still connecting.
    this.recentPlacements = this.recentPlacements < 0.5 ? 0 : this.recentPlacements / 2;
  }

  async #spawn(): Promise<void> {
    const { requestTimeoutMs, logLevel, workerBin } = this.settings;
    const closeWorker = (worker: types.Worker): void => {
      worker.close();
    };
    const worker = await within(requestTimeoutMs, createWorker({ logLevel, workerBin }), closeWorker);
    let live: LiveWorker;
    try {
      const webRtcServer = await within(
        requestTimeoutMs,
        worker.createWebRtcServer({ listenInfos: this.#listenInfos() }),
      );
      const { udpSockets } = await within(requestTimeoutMs, webRtcServer.dump());
      live = { worker, webRtcServer, port: udpSockets[0]?.port ?? 0, startedAtMs: performance.now() };
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
    this.#lastUsage = undefined;
    this.#cpuRatio = 0;
    this.#state = 'live';
    this.emit('live');
  }

  #died(live: LiveWorker, error: Error): void {
    if (this.#state === 'closed') {
      return;
    }
    this.#state = 'starting';
    this.#live = undefined;
    this.settings.onError(error, 'worker-died');
    if (performance.now() - live.startedAtMs > HEALTHY_MS) {
      this.#failures = 0;
    }
    this.#respawn();
  }

  #respawn(): void {
    const delayMs = this.#failures === 0 ? 0 : Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (this.#failures - 1));
    this.#failures += 1;
    this.#respawnTimer = setTimeout(() => {
      this.#restarts += 1;
      this.#spawn().catch((error: unknown) => {
        if (this.#state !== 'closed') {
          this.settings.onError(error, 'worker-respawn');
          this.#respawn();
        }
      });
    }, delayMs);
  }

  #listenInfos(): types.TransportListenInfo[] {
    const { listenIp, announcedAddresses, firstPort } = this.settings;
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

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
