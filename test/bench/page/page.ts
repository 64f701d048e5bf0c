import { MiniMeetClient, type Room } from '@minimeet/sdk';

export interface JoinMeasure {
  /** From the click to the first decoded frame of somebody else's picture, in milliseconds. */
  firstFrameMs: number;
}

interface JoinRequest {
  url: string;
  accessToken: string;
  slug: string;
  /** Also sends a microphone and a camera of so many frames a second; 0: only watches. */
  framesPerSecond: number;
  /** Open before the click: `nothing`, the `socket`, or the transports (`media`, as on the pre-join screen). */
  before: 'nothing' | 'socket' | 'media';
}

let room: Room | undefined;
let client: MiniMeetClient | undefined;
let join: (() => Promise<Room>) | undefined;

/** Everything that happens before the click. */
async function arrive({ url, accessToken, slug, framesPerSecond, before }: JoinRequest): Promise<void> {
  const joining = (client = new MiniMeetClient({ url, accessToken }));
  const camera = { width: 320, height: 180, frameRate: framesPerSecond };
  const tracks =
    framesPerSecond > 0 ? (await navigator.mediaDevices.getUserMedia({ video: camera, audio: true })).getTracks() : [];
  if (before === 'socket') await joining.connect();
  if (before === 'media') await joining.prepare(slug);
  const publications = tracks.map((track) => ({
    track,
    source: track.kind === 'video' ? ('camera' as const) : ('microphone' as const),
  }));
  join = () => joining.join(slug, { view: { maxTiles: 9, width: 640, height: 360 }, publish: publications });
}

/** The click, and the wait for a picture. */
async function click(waitForFrame: boolean): Promise<JoinMeasure> {
  if (!join) throw new Error('Call arrive() first.');
  const clickedMs = performance.now();
  room = await join();
  if (waitForFrame) await firstFrame(room);
  return { firstFrameMs: performance.now() - clickedMs };
}

/** When the first remote picture has been decoded; `loadeddata` is the first frame (HTML, media events). */
function firstFrame(joined: Room): Promise<void> {
  return new Promise((resolve) => {
    const show = (track: MediaStreamTrack): void => {
      if (track.kind !== 'video') return;
      const video = document.createElement('video');
      video.muted = true;
      video.autoplay = true;
      video.addEventListener('loadeddata', () => resolve(), { once: true });
      video.srcObject = new MediaStream([track]);
      document.body.append(video);
    };
    joined.on('track-added', ({ track }) => show(track));
    for (const { track } of joined.remoteTracks.values()) show(track);
  });
}

async function leave(): Promise<void> {
  await room?.leave();
  client?.close();
}

const api = { arrive, click, leave };
export type BenchPage = typeof api;
Object.assign(window, { bench: api });
