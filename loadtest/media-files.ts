import { readFileSync } from 'node:fs';
import { readIvf, type VideoFile } from './ivf.js';
import { readOpusPackets } from './ogg.js';

/** The layers of the camera, smallest first, by their height. */
export const CAMERA_LAYERS = ['180p', '360p', '720p'] as const;
export type CameraLayer = (typeof CAMERA_LAYERS)[number];

// The compiled code lies in dist/, the media stay where they are.
const folder = new URL(import.meta.url.includes('/dist/') ? '../media/' : './media/', import.meta.url);

const films = new Map<string, VideoFile>();
let audio: Buffer[] | undefined;

/** One film in three sizes, whose key frames are at the same places; the first frame is one. */
export function cameraFilm(layer: CameraLayer): VideoFile {
  return film(`camera-${layer}`);
}

export function screenFilm(): VideoFile {
  return film('screen');
}

/** The Opus packets of the synthetic microphone, 20 ms each. */
export function microphonePackets(): Buffer[] {
  return (audio ??= readOpusPackets(readFileSync(new URL('microphone.opus', folder))));
}

/** All peers of a process share them. */
function film(name: string): VideoFile {
  let file = films.get(name);
  if (!file) films.set(name, (file = readIvf(readFileSync(new URL(`${name}.ivf`, folder)))));
  return file;
}
