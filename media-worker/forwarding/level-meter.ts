import type { types } from 'mediasoup';
import type { ParticipantId } from '@minimeet/protocol';
import type { MediaSettings } from '../options.js';
import type { WorkerRequests } from '../workers/worker-requests.js';
import type { PublishedTrack } from './published-track.js';

/** Options of an observer: mediasoup's shortest interval (ms); levels below the threshold are silence (dBov). */
const LEVELS = { interval: 250, threshold: -55, maxEntries: 64 };
/**
 * Observers of the same microphones whose intervals begin one after the other. One alone averages silence into the
 * interval in which somebody begins to speak, and may need nearly two; one of three soon has a loud interval.
 */
const OBSERVERS = 3;
const STEP_MS = LEVELS.interval / OBSERVERS;
/** Timers drift, and begin late on a busy machine: a silence resets those that are this far from evenly spread (ms). */
const MAX_GAP_MS = 1.5 * STEP_MS;

/** Measures how loud the microphones of one router are. Ends with the router. */
export class LevelMeter {
  readonly #observers: readonly types.AudioLevelObserver[];
  readonly #requests: WorkerRequests;
  readonly #settings: MediaSettings;
  /** Hears the levels of those who are not quiet (dBov), of the last 250 ms; empty when all fall silent. */
  readonly #onLevels: (levels: ReadonlyMap<ParticipantId, number>) => void;
  readonly #microphones = new Map<string, ParticipantId>();
  /** By observer that hears nobody: the end of the interval in which it said so (ms). */
  readonly #silentAtMs = new Map<types.AudioLevelObserver, number>();

  private constructor(
    observers: readonly types.AudioLevelObserver[],
    requests: WorkerRequests,
    settings: MediaSettings,
    onLevels: (levels: ReadonlyMap<ParticipantId, number>) => void,
  ) {
    this.#observers = observers;
    this.#requests = requests;
    this.#settings = settings;
    this.#onLevels = onLevels;
    for (const observer of observers) {
      observer.on('volumes', (volumes) => {
        this.#silentAtMs.delete(observer);
        this.#tell(volumes);
      });
      observer.on('silence', () => {
        this.#silentAtMs.set(observer, performance.now());
        onLevels(new Map());
        if (this.#silentAtMs.size === OBSERVERS && widestGap([...this.#silentAtMs.values()]) > MAX_GAP_MS) {
          this.#stagger();
        }
      });
    }
    this.#stagger();
  }

  /** @throws MediaError `MEDIA_UNAVAILABLE`, or what the worker says. */
  static async create(
    router: types.Router,
    requests: WorkerRequests,
    settings: MediaSettings,
    onLevels: (levels: ReadonlyMap<ParticipantId, number>) => void,
  ): Promise<LevelMeter> {
    const made = Array.from({ length: OBSERVERS }, () => requests.make(router.createAudioLevelObserver(LEVELS)));
    return new LevelMeter(await Promise.all(made), requests, settings, onLevels);
  }

  /** Measures a microphone until it closes. @throws what the worker says. */
  async add({ producer, participantId }: PublishedTrack): Promise<void> {
    this.#microphones.set(producer.id, participantId);
    producer.observer.once('close', () => {
      this.#microphones.delete(producer.id);
    });
    await Promise.all(
      this.#observers.map((observer) => this.#requests.send(observer.addProducer({ producerId: producer.id }))),
    );
  }

  #tell(volumes: readonly types.AudioLevelObserverVolume[]): void {
    const levels = new Map<ParticipantId, number>();
    for (const { producer, volume } of volumes) {
      const participantId = this.#microphones.get(producer.id);
      if (participantId !== undefined) {
        levels.set(participantId, volume);
      }
    }
    this.#onLevels(levels);
  }

  #stagger(): void {
    this.#observers.forEach((observer, index) => {
      setTimeout(() => {
        this.#restart(observer).catch((error: unknown) => {
          if (!observer.closed) {
            this.#settings.onError(error, 'audio-level');
          }
        });
      }, index * STEP_MS).unref();
    });
  }

  /** Its interval begins now. */
  async #restart(observer: types.AudioLevelObserver): Promise<void> {
    if (!observer.closed) {
      await this.#requests.send(observer.pause());
      await this.#requests.send(observer.resume());
    }
  }
}

/** The longest time without the end of an interval; `endsMs` repeat with its length (ms). */
function widestGap(endsMs: readonly number[]): number {
  const phases = endsMs.map((end) => end % LEVELS.interval).sort((a, b) => a - b);
  const [first = 0] = phases;
  return Math.max(...phases.map((phase, index) => (phases[index + 1] ?? first + LEVELS.interval) - phase));
}
