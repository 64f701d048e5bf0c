import type { MediaSource } from '@minimeet/protocol';
import type { ProducerCodecOptions, RtpEncodingParameters } from 'mediasoup-client/types';

/** How a source is sent. */
export interface SendSettings {
  /** Smallest layer first; none for audio. */
  encodings?: RtpEncodingParameters[];
  codecOptions?: ProducerCodecOptions;
}

/** The settings of a track that are read here (W3C Media Capture: `MediaTrackSettings`). */
interface TrackSize {
  width?: number;
  height?: number;
}

const CAMERA_MAX_BITRATE_BPS = 2_000_000;
const SCREEN_MAX_BITRATE_BPS = 2_500_000;
const SCREEN_MAX_FRAMERATE = 30;
/** A layer smaller than this is not worth its encoder. */
const MIN_LAYER_HEIGHT = 135;
/** The size assumed of a camera that does not tell it. */
const DEFAULT_SIZE = { width: 1280, height: 720 };

/** @param size of the video track, in pixels. */
export function sendSettings(source: MediaSource, size: TrackSize): SendSettings {
  switch (source) {
    case 'camera':
      return { encodings: cameraEncodings(size), codecOptions: { videoGoogleStartBitrate: 1000 } };
    case 'screen':
      return {
        encodings: [{ maxBitrate: SCREEN_MAX_BITRATE_BPS, maxFramerate: SCREEN_MAX_FRAMERATE }],
        codecOptions: { videoGoogleStartBitrate: 1500 },
      };
    case 'microphone':
      return {
        codecOptions: { opusStereo: false, opusFec: true, opusDtx: true, opusMaxAverageBitrate: 40_000, opusPtime: 20 },
      };
    case 'screen_audio':
      return { codecOptions: { opusStereo: true, opusFec: true, opusDtx: false, opusMaxAverageBitrate: 128_000 } };
  }
}

/** Simulcast: up to three layers, each half as wide and high as the next. */
function cameraEncodings({
  width = DEFAULT_SIZE.width,
  height = DEFAULT_SIZE.height,
}: TrackSize): RtpEncodingParameters[] {
  const shortEdge = Math.min(width, height);
  return [4, 2, 1]
    .filter((scale) => scale === 1 || shortEdge / scale >= MIN_LAYER_HEIGHT)
    .map((scale) => ({ scaleResolutionDownBy: scale, maxBitrate: bitrateFor(shortEdge / scale) }));
}

/** 150 kbit/s at 180 lines, 500 at 360, 1.7 Mbit/s at 720: twice the edge needs less than four times the bits. */
function bitrateFor(lines: number): number {
  return Math.min(CAMERA_MAX_BITRATE_BPS, Math.round(150_000 * (lines / 180) ** 1.75));
}
