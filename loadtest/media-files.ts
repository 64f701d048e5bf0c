import { readFileSync } from 'node:fs';
import { readIvf, type VideoFile } from './ivf.js';
import { readOpusPackets } from './ogg.js';

// The compiled code lies in dist/, the media stay where they are.
const folder = new URL(import.meta.url.includes('/dist/') ? '../media/' : './media/', import.meta.url);

let video: VideoFile | undefined;
let audio: Buffer[] | undefined;

/** The frames of the synthetic camera; the first is a key frame. All peers of a process share them. */
export function cameraFile(): VideoFile {
  return (video ??= readIvf(readFileSync(new URL('camera.ivf', folder))));
}

/** The Opus packets of the synthetic microphone, 20 ms each. */
export function microphonePackets(): Buffer[] {
  return (audio ??= readOpusPackets(readFileSync(new URL('microphone.opus', folder))));
}
