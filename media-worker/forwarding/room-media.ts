import { ortc } from 'mediasoup';
import type { types } from 'mediasoup';
import { VIDEO_SOURCES, type MediaSource, type ParticipantId, type ProducerId } from '@minimeet/protocol';
import type { MediaSettings } from '../options.js';
import { AudioSelection } from './audio-selection.js';
import { orderCandidates, type Candidate } from './initial-view.js';
import type { Publisher } from './publisher.js';

/** Somebody whose consumers follow what is published. */
export interface Viewer {
  /** Compares what this person should receive with what they do. */
  reconcile(): void;
}

/** What is published in a room, who speaks, and who must look again when that changes. */
export class RoomMedia {
  readonly #publishers = new Map<ProducerId, Publisher>();
  readonly #bySource = new Map<string, Publisher>();
  /** Ids in use or about to be, so that nobody can take another's. */
  readonly #claims = new Map<ProducerId, ParticipantId>();
  readonly #viewers = new Set<Viewer>();
  readonly #selection: AudioSelection;
  #flowing = '';
  #activeSpeakers: ParticipantId[] = [];
  #selectionTimer?: NodeJS.Timeout;
  #reviewing?: NodeJS.Immediate;
  #ordered?: readonly Candidate[];

  constructor(
    settings: MediaSettings,
    private readonly onActiveSpeakers: (ids: ParticipantId[]) => void,
  ) {
    this.#selection = new AudioSelection(settings.audioStreams);
  }

  /** @returns false when somebody else has that id. */
  claim(id: ProducerId, participantId: ParticipantId): boolean {
    const owner = this.#claims.get(id);
    if (owner !== undefined && owner !== participantId) {
      return false;
    }
    this.#claims.set(id, participantId);
    return true;
  }

  unclaim(id: ProducerId): void {
    this.#claims.delete(id);
  }

  addViewer(viewer: Viewer): void {
    this.#viewers.add(viewer);
  }

  removeViewer(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  /** A producer becomes visible to others, until it closes. */
  add(publisher: Publisher): void {
    this.#publishers.set(publisher.id, publisher);
    const key = sourceKey(publisher.participantId, publisher.source);
    this.#bySource.set(key, publisher);
    publisher.producer.observer.once('close', () => {
      this.#publishers.delete(publisher.id);
      this.#claims.delete(publisher.id);
      if (this.#bySource.get(key) === publisher) {
        this.#bySource.delete(key);
      }
      if (publisher.source === 'microphone') {
        this.#listen(this.#selection.remove(publisher.participantId, now()));
      }
      this.changed();
    });
    if (publisher.source === 'microphone') {
      const { participantId, home, producer } = publisher;
      this.#listen(this.#selection.add(participantId, home.slot.index, now(), producer.paused));
    }
    this.changed();
  }

  find(participantId: ParticipantId, source: MediaSource): Publisher | undefined {
    return this.#bySource.get(sourceKey(participantId, source));
  }

  get(id: ProducerId): Publisher | undefined {
    return this.#publishers.get(id);
  }

  /** The newest last. */
  ofSource(source: MediaSource): Publisher[] {
    return [...this.#publishers.values()].filter((publisher) => publisher.source === source);
  }

  /** Videos in the order in which they are picked for somebody who has not said what they look at. */
  orderedVideos(): readonly Candidate[] {
    this.#ordered ??= orderCandidates(
      VIDEO_SOURCES.flatMap((source) =>
        this.ofSource(source).map(({ id, participantId, joinOrder }) => ({
          producerId: id,
          participantId,
          source,
          joinOrder,
          lastSpokeAtMs: this.#selection.lastSpokeAtMs(participantId),
        })),
      ),
    );
    return this.#ordered;
  }

  /** The microphones that flow to one listener. */
  heardBy(listener: ParticipantId): Publisher[] {
    return this.#selection
      .heardBy(listener)
      .map((id) => this.find(id, 'microphone'))
      .filter((publisher) => publisher !== undefined);
  }

  measured(group: number, levels: ReadonlyMap<ParticipantId, number>): void {
    this.#listen(this.#selection.measure(group, levels, now()));
  }

  hint(participantId: ParticipantId, speaking: boolean): void {
    this.#listen(this.#selection.hint(participantId, speaking, now()));
  }

  pausedChanged(publisher: Publisher): void {
    if (publisher.source === 'microphone') {
      this.#listen(this.#selection.setPaused(publisher.participantId, publisher.producer.paused, now()));
    }
  }

  /** Whether a device can decode what is published. */
  canConsume(publisher: Publisher, rtpCapabilities: types.RtpCapabilities): boolean {
    return ortc.canConsume(publisher.producer.consumableRtpParameters, rtpCapabilities);
  }

  /** Everybody looks again, once, after what happens in this turn of the event loop. */
  changed(): void {
    this.#reviewing ??= setImmediate(() => {
      this.#reviewing = undefined;
      this.#ordered = undefined;
      for (const viewer of this.#viewers) {
        viewer.reconcile();
      }
    });
  }

  close(): void {
    clearTimeout(this.#selectionTimer);
    clearImmediate(this.#reviewing);
    this.#viewers.clear();
  }

  #listen(nextMs: number | undefined): void {
    clearTimeout(this.#selectionTimer);
    if (nextMs !== undefined) {
      this.#selectionTimer = setTimeout(
        () => {
          this.#listen(this.#selection.update(now()));
        },
        Math.max(0, nextMs - now()),
      ).unref();
    }
    const flowing = this.#selection.flowing().join();
    if (flowing !== this.#flowing) {
      this.#flowing = flowing;
      this.changed();
    }
    const activeSpeakers = this.#selection.activeSpeakers();
    if (activeSpeakers.join() !== this.#activeSpeakers.join()) {
      this.#activeSpeakers = activeSpeakers;
      this.onActiveSpeakers(activeSpeakers);
    }
  }
}

function sourceKey(participantId: ParticipantId, source: MediaSource): string {
  return `${source}/${participantId}`;
}

function now(): number {
  return performance.now();
}
