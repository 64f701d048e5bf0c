import { LIMITS, type InitialView, type ParticipantId, type ProducerId, type Tile } from '@minimeet/protocol';
import { pickTiles } from '../forwarding/initial-view.js';
import type { PublishedTrack } from '../forwarding/published-track.js';
import type { RoomTracks } from '../forwarding/room-tracks.js';
import { Demands } from './demands.js';
import { layerForTile } from './layers.js';
import type { Wanted } from './view-plan.js';

/** Sound of shared screens always flows; of more screens than this, the newest. */
const MAX_SCREEN_AUDIOS = 8;
/** Videos whose publishers keep sending while somebody on the pre-join screen may be about to look. */
const LIKELY_TILES = 9;

/** The tracks that one participant wants to receive: tiles that they show, or are likely to, and speakers. */
export class View {
  readonly #participantId: ParticipantId;
  readonly #roomTracks: RoomTracks;
  readonly #likely: Demands;
  #tiles?: readonly Tile[];
  #initial?: InitialView;
  #picked = new Set<ProducerId>();

  constructor(participantId: ParticipantId, roomTracks: RoomTracks) {
    this.#participantId = participantId;
    this.#roomTracks = roomTracks;
    this.#likely = new Demands(`prepared/${participantId}`);
  }

  /** Picks the tiles until `set`. */
  begin(view: InitialView | undefined): void {
    this.#initial = view;
  }

  set(tiles: readonly Tile[]): void {
    this.#tiles = tiles;
  }

  /** Everything that should flow now. */
  wanted(): Wanted[] {
    const screenAudios = this.#roomTracks.ofSource('screen_audio').filter((track) => this.#isOthers(track));
    const audio = [...this.#roomTracks.heardBy(this.#participantId), ...screenAudios.slice(-MAX_SCREEN_AUDIOS)];
    return [...audio.map(({ id }) => ({ producerId: id })), ...this.#videos()];
  }

  /**
   * Keeps the videos that somebody who has not joined yet will most likely look at first at their smallest layer, so
   * that no encoder must start again when they join.
   */
  holdLikely(hold: boolean): void {
    const layers = new Map<PublishedTrack, number>();
    for (const { producerId } of hold ? this.#roomTracks.orderedVideos().slice(0, LIKELY_TILES) : []) {
      const track = this.#roomTracks.get(producerId);
      if (track) {
        layers.set(track, 0);
      }
    }
    this.#likely.set(layers);
  }

  #videos(): Wanted[] {
    const layers = new Map<ProducerId, number>();
    for (const tile of this.#tiles ?? this.#automaticTiles()) {
      const track = this.#roomTracks.find(tile.participantId, tile.source);
      if (track && this.#isOthers(track) && tile.width > 0 && tile.height > 0) {
        const layer = layerForTile(tile, track.spatialLayers);
        // A picture shown twice needs what the larger tile needs.
        layers.set(track.id, Math.max(layer, layers.get(track.id) ?? 0));
      }
    }
    return [...layers].map(([producerId, spatialLayer]) => ({ producerId, spatialLayer }));
  }

  #automaticTiles(): Tile[] {
    if (!this.#initial) {
      return [];
    }
    const { maxTiles, width, height } = this.#initial;
    const others = this.#roomTracks
      .orderedVideos()
      .filter(({ participantId }) => participantId !== this.#participantId);
    const picks = pickTiles(others, this.#picked, Math.min(maxTiles, LIMITS.tiles));
    this.#picked = new Set(picks.map(({ producerId }) => producerId));
    return picks.map(({ participantId, source }) => ({ participantId, source, width, height }));
  }

  #isOthers(track: PublishedTrack): boolean {
    return track.participantId !== this.#participantId;
  }
}
