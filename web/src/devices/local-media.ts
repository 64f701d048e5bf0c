import { getTracks } from './get-track.js';
import { mediaFailureOf, type DeviceKind, type MediaFailure } from './media-failure.js';
import { readPreferences, writePreferences, type MediaPreferences } from './preferences.js';

/** One's own camera or microphone. */
export interface DeviceState {
  /** The person's wish: on or off (muted). */
  on: boolean;
  /** Open device; a muted microphone keeps its track, a camera that is off has none, so that its light goes out. */
  track: MediaStreamTrack | null;
  starting: boolean;
  failure: MediaFailure | null;
}

export interface LocalMediaState extends Record<DeviceKind, DeviceState> {
  preferences: MediaPreferences;
}

/** A change of a device while it was in use. Labels are the browser's names of devices. */
export type DeviceNews =
  /** It was unplugged, and another one is used now. */
  | { type: 'replaced'; kind: DeviceKind; lost: string; used: string }
  /** The chosen one was plugged in again, and is used again. */
  | { type: 'returned'; kind: DeviceKind; used: string };

const CLOSED: Omit<DeviceState, 'on'> = { track: null, starting: false, failure: null };

/** Owns the tracks of one's camera and microphone, from the pre-join screen to the end of the call. */
export class LocalMedia {
  readonly #listeners = new Set<() => void>();
  readonly #newsListeners = new Set<(news: DeviceNews) => void>();
  readonly #attempts: Record<DeviceKind, number> = { camera: 0, microphone: 0 };
  #state: LocalMediaState;

  constructor() {
    const preferences = readPreferences();
    this.#state = {
      preferences,
      camera: { ...CLOSED, on: preferences.camera },
      microphone: { ...CLOSED, on: preferences.microphone },
    };
  }

  readonly getSnapshot = (): LocalMediaState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @returns a function that ends it. */
  onNews(listener: (news: DeviceNews) => void): () => void {
    this.#newsListeners.add(listener);
    return () => this.#newsListeners.delete(listener);
  }

  /** Opens what is wanted, asking once for both; each failure ends up in its device's state. Never rejects. */
  async start(): Promise<void> {
    deviceSource()?.addEventListener('devicechange', this.#look);
    const wanted: DeviceKind[] = this.#state.camera.on ? ['camera', 'microphone'] : ['microphone'];
    if (await this.#open(wanted)) return;
    // One that fails takes the other with it: ask for each by itself.
    if (wanted.length > 1) for (const kind of wanted) await this.#open([kind]);
  }

  /** Turns a device on or off; on opens it when it is not open. Never rejects. */
  async turn(kind: DeviceKind, on: boolean): Promise<void> {
    const { track } = this.#state[kind];
    if (kind === 'camera' && !on) {
      this.#attempts.camera++;
      this.#set(kind, { ...CLOSED, on });
      track?.stop();
    } else {
      if (track) track.enabled = on;
      this.#set(kind, { on });
    }
    // The wish is stored last: a listener that looks must not find the device as it was before. A microphone that
    // somebody else has muted would be unmuted at the server for a moment.
    this.#remember({ [kind]: on });
    if (on && !track) await this.#open([kind]);
  }

  /** Opens a failed device again. */
  async retry(kind: DeviceKind): Promise<void> {
    this.#set(kind, { on: true });
    await this.#open([kind]);
  }

  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    this.#remember(kind === 'camera' ? { cameraId: deviceId } : { microphoneId: deviceId });
    if (kind === 'microphone' || this.#state.camera.on) await this.#open([kind]);
  }

  chooseSpeaker(speakerId: string): void {
    this.#remember({ speakerId });
  }

  /** Closes the devices; `start` opens them again. */
  stop(): void {
    deviceSource()?.removeEventListener('devicechange', this.#look);
    for (const kind of ['camera', 'microphone'] as const) {
      this.#attempts[kind]++;
      this.#state[kind].track?.stop();
      this.#set(kind, CLOSED);
    }
  }

  readonly #look = () => void this.#devicesChanged();

  /** Something was plugged in or out: a missing device may be there now, and the chosen one may be back. */
  async #devicesChanged(): Promise<void> {
    const found =
      (await deviceSource()
        ?.enumerateDevices()
        .catch(() => [])) ?? [];
    for (const kind of ['camera', 'microphone'] as const) {
      const { on, failure, track, starting } = this.#state[kind];
      const chosen = this.#chosen(kind);
      if (starting) continue;
      if (failure === 'absent' && (on || kind === 'microphone')) await this.#open([kind]);
      else if (
        track &&
        chosen &&
        track.getSettings().deviceId !== chosen &&
        found.some(({ deviceId }) => deviceId === chosen)
      )
        await this.#return(kind, chosen);
    }
  }

  /** Unplugged while it was in use: another one takes its place, if there is one. */
  async #lost(kind: DeviceKind, lost: string): Promise<void> {
    this.#set(kind, { track: null });
    await this.#open([kind]);
    const { track } = this.#state[kind];
    if (track) this.#tell({ type: 'replaced', kind, lost, used: track.label });
  }

  async #return(kind: DeviceKind, chosen: string): Promise<void> {
    await this.#open([kind]);
    const { track } = this.#state[kind];
    if (track?.getSettings().deviceId === chosen) this.#tell({ type: 'returned', kind, used: track.label });
  }

  #chosen(kind: DeviceKind): string {
    const { cameraId, microphoneId } = this.#state.preferences;
    return kind === 'camera' ? cameraId : microphoneId;
  }

  #tell(news: DeviceNews): void {
    for (const listener of this.#newsListeners) listener(news);
  }

  /** @returns false when several were asked for and none was given. */
  async #open(kinds: DeviceKind[]): Promise<boolean> {
    const attempts = kinds.map((kind) => ({ kind, attempt: ++this.#attempts[kind] }));
    for (const kind of kinds) this.#set(kind, { starting: true, failure: null });
    try {
      const tracks = await getTracks(Object.fromEntries(kinds.map((kind) => [kind, this.#chosen(kind)])));
      for (const { kind, attempt } of attempts) {
        const track = tracks[kind];
        // Turned off, closed or asked again while the browser was asking the person.
        if (attempt !== this.#attempts[kind]) track?.stop();
        else if (track) this.#use(kind, track);
      }
      return true;
    } catch (error) {
      const failure = mediaFailureOf(error);
      for (const { kind, attempt } of attempts) {
        if (attempt === this.#attempts[kind])
          this.#set(kind, { starting: kinds.length > 1, failure: kinds.length > 1 ? null : failure });
      }
      return kinds.length === 1;
    }
  }

  #use(kind: DeviceKind, track: MediaStreamTrack): void {
    const before = this.#state[kind].track;
    if (kind === 'microphone') track.enabled = this.#state.microphone.on;
    track.addEventListener('ended', () => {
      if (this.#state[kind].track === track) void this.#lost(kind, track.label);
    });
    this.#set(kind, { track, starting: false, failure: null });
    before?.stop();
  }

  #remember(change: Partial<MediaPreferences>): void {
    const preferences = { ...this.#state.preferences, ...change };
    writePreferences(preferences);
    this.#state = { ...this.#state, preferences };
    this.#notify();
  }

  #set(kind: DeviceKind, change: Partial<DeviceState>): void {
    this.#state = { ...this.#state, [kind]: { ...this.#state[kind], ...change } };
    this.#notify();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Absent on insecure pages, whatever the types say. */
function deviceSource(): MediaDevices | undefined {
  return navigator.mediaDevices;
}
