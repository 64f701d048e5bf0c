import type { ConsumerId } from '@minimeet/protocol';
import { standstills, type Standstill, type StatsReport } from './received-stats.js';
import type { RemoteTrack } from './remote-tracks.js';

const NOTHING: Standstill = { count: 0, ms: 0 };

/**
 * Counts how often and how long videos that should have moved stood still. A screen may stand still by itself, and the
 * browser counts a paused video as frozen when it goes on: so only cameras count, and only while they are not paused.
 */
export class FreezeCounter {
  /** Cameras that came, or should have come, without a break since the last `take`, with their counts before. */
  readonly #moving = new Map<ConsumerId, Standstill>();

  /** A track was added or has changed. */
  follow(track: RemoteTrack): void {
    if (track.paused) this.#moving.delete(track.consumerId);
  }

  /** @returns the freezes since the last time, `frozenMs` a video on average; `null` when no video should move. */
  take(report: StatsReport, tracks: Iterable<RemoteTrack>): { freezes: number; frozenMs: number } | null {
    const counted = standstills(report);
    const before = new Map(this.#moving);
    this.#moving.clear();
    let [freezes, frozenMs, videos] = [0, 0, 0];
    for (const { consumerId, source, track, paused } of tracks) {
      const now = counted.get(track.id);
      if (source !== 'camera' || paused || !now) continue;
      this.#moving.set(consumerId, now);
      const earlier = before.get(consumerId);
      if (!earlier) continue;
      videos += 1;
      freezes += Math.max(0, now.count - earlier.count);
      frozenMs += Math.max(0, now.ms - earlier.ms);
    }
    return videos === 0 ? null : { freezes, frozenMs: Math.round(frozenMs / videos) };
  }

  /** A new camera: all that is counted of it counts. */
  begin(track: RemoteTrack): void {
    if (track.source === 'camera' && !track.paused) this.#moving.set(track.consumerId, NOTHING);
  }

  /** The media is another one: nothing of before can be compared. */
  reset(): void {
    this.#moving.clear();
  }
}
