import { ortc } from 'mediasoup';
import type { types } from 'mediasoup';
import { VIDEO_SOURCES, type MediaSource, type ParticipantId, type ProducerId } from '@minimeet/protocol';
import type { MediaSettings } from '../options.js';
import { AudioSelection } from './audio-selection.js';
import { orderCandidates, type Candidate } from './initial-view.js';
import type { PublishedTrack } from './published-track.js';

/** Somebody whose consumers follow what is published. */
export interface Viewer {
  /** Compares what this person should receive with what they do. */
  reconcile(): void;
}

/** The tracks that are published in a room, who speaks, and the viewers that look again when either changes. */
export class RoomTracks {
  readonly #onActiveSpeakers: (ids: ParticipantId[]) => void;
  readonly #tracks = new Map<ProducerId, PublishedTrack>();
  readonly #bySource = new Map<string, PublishedTrack>();
  /** Ids in use or about to be, so that nobody can take another's. */
  readonly #claims = new Map<ProducerId, ParticipantId>();
  readonly #viewers = new Set<Viewer>();
  readonly #selection: AudioSelection;
  #flowing = '';
  #activeSpeakers: ParticipantId[] = [];
  #selectionTimer?: NodeJS.Timeout;
  #reviewing?: NodeJS.Immediate;
  #ordered?: readonly Candidate[];

  constructor(settings: Pick<MediaSettings, 'audioStreams'>, onActiveSpeakers: (ids: ParticipantId[]) => void) {
    this.#onActiveSpeakers = onActiveSpeakers;
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
  add(track: PublishedTrack): void {
    this.#tracks.set(track.id, track);
    const key = sourceKey(track.participantId, track.source);
    this.#bySource.set(key, track);
    track.producer.observer.once('close', () => {
      this.#tracks.delete(track.id);
      this.#claims.delete(track.id);
      if (this.#bySource.get(key) === track) {
        this.#bySource.delete(key);
      }
      if (track.source === 'microphone') {
        this.#listen(this.#selection.remove(track.participantId, now()));
      }
      this.changed();
    });
    if (track.source === 'microphone') {
      const { participantId, home, producer } = track;
      this.#listen(this.#selection.add(participantId, home.slot.index, now(), producer.paused));
    }
    this.changed();
  }

  find(participantId: ParticipantId, source: MediaSource): PublishedTrack | undefined {
    return this.#bySource.get(sourceKey(participantId, source));
  }

  get(id: ProducerId): PublishedTrack | undefined {
    return this.#tracks.get(id);
  }

  /** The newest last. */
  ofSource(source: MediaSource): PublishedTrack[] {
    return [...this.#tracks.values()].filter((track) => track.source === source);
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
  heardBy(listener: ParticipantId): PublishedTrack[] {
    return this.#selection
      .heardBy(listener)
      .map((id) => this.find(id, 'microphone'))
      .filter((track) => track !== undefined);
  }

  measured(group: number, levels: ReadonlyMap<ParticipantId, number>): void {
    this.#listen(this.#selection.measure(group, levels, now()));
  }

  hint(participantId: ParticipantId, speaking: boolean): void {
    this.#listen(this.#selection.hint(participantId, speaking, now()));
  }

  pausedChanged(track: PublishedTrack): void {
    if (track.source === 'microphone') {
      this.#listen(this.#selection.setPaused(track.participantId, track.producer.paused, now()));
    }
  }

  /** Whether a device can decode what is published. */
  canConsume(track: PublishedTrack, rtpCapabilities: types.RtpCapabilities): boolean {
    return ortc.canConsume(track.producer.consumableRtpParameters, rtpCapabilities);
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
      this.#onActiveSpeakers(activeSpeakers);
    }
  }
}

function sourceKey(participantId: ParticipantId, source: MediaSource): string {
  return `${source}/${participantId}`;
}

function now(): number {
  return performance.now();
}
