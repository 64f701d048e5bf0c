import type { InitialView } from '@minimeet/protocol';
import { MiniMeetApi, MiniMeetError } from '@minimeet/sdk';
import { SyntheticPeer } from '../synthetic-peer.js';
import { expectedTracks } from './expected-tracks.js';
import { JoinWatch } from './join-watch.js';
import { capacityOf, tileSizes } from './layout.js';
import type { Impairment } from './load.js';
import type { OpenRoom, Tracks } from './messages.js';
import type { PersonPlan, RoomPlan } from './plan.js';
import type { Recorder } from './recorder.js';
import type { RoomSound } from './room-sound.js';
import { tilesFor } from './room-view.js';

/** A speaker sends 50 packets a second, and silence 2 or 3. */
const SPOKEN_PACKETS = 10;
/** A shorter time is not a second. */
const WHOLE_MS = 700;
/** The page waits that long too, so that a burst of arrivals is one request. */
const VIEW_INTERVAL_MS = 100;

/** Shared by all people of a process. */
export interface VisitContext {
  url: string;
  loadTestKey?: string;
  impair: Impairment;
  recorder: Recorder;
  /** Milliseconds of `performance.now()` at the start of the run. */
  startedAtMs: () => number;
}

/** One person's stay: they come as a guest, show what their layout shows, speak when it is their turn, and go. */
export class LoadVisit {
  readonly #plan: PersonPlan;
  readonly #room: RoomPlan;
  readonly #open: OpenRoom;
  readonly #sound: RoomSound;
  readonly #context: VisitContext;
  #peer: SyntheticPeer | null = null;
  #watch: JoinWatch | null = null;
  #ended = false;
  #joining = false;
  /** Somebody else has taken the place: this one leaves as soon as their join has come to its end. */
  #retired = false;
  #viewTimer: NodeJS.Timeout | null = null;
  #shown = '';
  #measuredAtMs = 0;
  /** Tracks that flowed in the last second. */
  #latest: { audio: number; video: number } = { audio: 0, video: 0 };

  constructor(plan: PersonPlan, room: RoomPlan, open: OpenRoom, sound: RoomSound, context: VisitContext) {
    this.#plan = plan;
    this.#room = room;
    this.#open = open;
    this.#sound = sound;
    this.#context = context;
  }

  /** On the way in. */
  get joining(): boolean {
    return this.#joining;
  }

  get inRoom(): boolean {
    return this.#peer !== null;
  }

  /** Once. Failures are recorded, never thrown. */
  async join(scheduledAtMs: number): Promise<void> {
    const { url, loadTestKey, impair, recorder } = this.#context;
    recorder.joinTried();
    this.#joining = true;
    try {
      const api = new MiniMeetApi({ url, loadTestKey });
      await api.guest({ displayName: this.#plan.name, invite: this.#open.invite });
      const signedInAtMs = performance.now();
      // Its end was recorded when the run ended.
      if (this.#ended) return;
      const { publish } = this.#plan;
      const peer = await SyntheticPeer.join({
        url,
        accessToken: () => api.accessToken(),
        room: this.#open.slug,
        publish,
        view: this.#initialView(),
        simulcast: this.#room.simulcast,
        resolution: this.#room.resolution,
        client: 'loadtest',
        loadTestKey,
        impair: { ...impair, seed: this.#plan.index + 1 },
        resume: true,
      });
      this.#welcome(peer, new JoinWatch({ scheduledAtMs, signedInAtMs, peer, ...this.#awaits(peer) }));
    } catch (error) {
      if (this.#ended) return;
      this.#joining = false;
      recorder.joinFailed(reasonOf(error));
    }
  }

  /** Leaves now, or as soon as the join has come to its end, so that it counts. */
  async retire(): Promise<void> {
    this.#retired = true;
    if (!this.#joining) await this.#leave();
  }

  /** Ten times a second. */
  tick(nowMs: number): void {
    const peer = this.#peer;
    if (!peer) return;
    if (this.#plan.publish.includes('microphone')) {
      peer.setSpeaking(this.#sound.speaks(this.#plan, nowMs - this.#context.startedAtMs()));
    }
    this.#settle(nowMs);
  }

  /** Once a second: hands what was received since to the recorder. */
  measure(): void {
    if (!this.#peer) {
      this.#latest = { audio: 0, video: 0 };
      return;
    }
    const stats = this.#peer.takeStats();
    this.#context.recorder.media(stats);
    const nowMs = performance.now();
    const isWhole = nowMs - this.#measuredAtMs > WHOLE_MS;
    this.#measuredAtMs = nowMs;
    // The last report of a run comes at any time, and its moment is too short to tell who speaks.
    if (!isWhole) return;
    const flowing = stats.streams.filter(({ kind, packets }) => packets >= (kind === 'audio' ? SPOKEN_PACKETS : 1));
    const audio = flowing.filter(({ kind }) => kind === 'audio').length;
    this.#latest = { audio, video: flowing.length - audio };
  }

  /** The tracks of the last second; a person outside of the room receives nothing of what they expect. */
  tracks(nowMs: number): Tracks {
    const { audio, video } = expectedTracks(this.#plan, this.#room, this.#sound, nowMs - this.#context.startedAtMs());
    return {
      expected: audio + video,
      received: Math.min(audio, this.#latest.audio) + Math.min(video, this.#latest.video),
    };
  }

  /** Leaves at once. */
  async end(): Promise<void> {
    this.#ended = true;
    if (this.#joining && !this.#watch) this.#context.recorder.joinFailed('STILL_JOINING');
    await this.#leave();
  }

  #welcome(peer: SyntheticPeer, watch: JoinWatch): void {
    if (this.#ended) {
      peer.close();
      return;
    }
    const { recorder } = this.#context;
    this.#peer = peer;
    this.#watch = watch;
    this.#shown = '';
    peer.on('reconnected', ({ lostMs }) => recorder.reconnected(lostMs));
    peer.on('ended', () => {
      if (this.#peer !== peer) return;
      this.#peer = null;
      recorder.reconnectFailed();
    });
    peer.on('people', () => this.#show());
    this.#show();
  }

  /** Whether there is anything to see and to hear for somebody who comes now. */
  #awaits(peer: SyntheticPeer): { video: boolean; sound: boolean } {
    const others = [...peer.participants.values()];
    const atMs = performance.now() - this.#context.startedAtMs();
    const names = new Set(others.map(({ displayName }) => displayName));
    return {
      video: tilesFor(this.#room.layout, others, []).length > 0,
      sound: this.#room.people.some((person) => names.has(person.name) && this.#sound.speaks(person, atMs)),
    };
  }

  #settle(nowMs: number): void {
    const outcome = this.#watch?.look(nowMs);
    if (!outcome) return;
    this.#watch = null;
    this.#joining = false;
    if (outcome.failure === null) this.#context.recorder.joinSucceeded(outcome.joinedMs, outcome.phases);
    else this.#context.recorder.joinFailed(outcome.failure);
    if (this.#retired) void this.#leave();
  }

  /** The page does not know who is there either, and assumes the tiles of four people. */
  #initialView(): InitialView {
    const [tile = { width: 1, height: 1 }] = tileSizes('all', 3);
    return { maxTiles: capacityOf(this.#room.layout), ...tile };
  }

  /** Says what is on screen after people came or went, or somebody else speaks; at once, and then not for a moment. */
  #show(): void {
    if (this.#viewTimer) return;
    this.#viewTimer = setTimeout(() => {
      this.#viewTimer = null;
      const peer = this.#peer;
      if (!peer) return;
      const tiles = tilesFor(this.#room.layout, peer.participants.values(), peer.activeSpeakers);
      const shown = JSON.stringify(tiles);
      if (shown === this.#shown) return;
      this.#shown = shown;
      // A lost connection: the peer says it again when it is back.
      peer.setView(tiles).catch(() => (this.#shown = ''));
    }, VIEW_INTERVAL_MS);
  }

  async #leave(): Promise<void> {
    const peer = this.#peer;
    // A person who leaves before anything came has joined all the same.
    if (this.#watch) this.#settle(Infinity);
    this.#peer = null;
    if (this.#viewTimer) clearTimeout(this.#viewTimer);
    this.#viewTimer = null;
    if (!peer) return;
    this.#context.recorder.media(peer.takeStats());
    // Without a connection nobody can be told.
    await peer.leave().catch(() => peer.close());
  }
}

/** The code of the API, or what went wrong in the tester itself. */
function reasonOf(error: unknown): string {
  if (error instanceof MiniMeetError) return error.code;
  return `TESTER_ERROR: ${error instanceof Error ? error.message : String(error)}`;
}
