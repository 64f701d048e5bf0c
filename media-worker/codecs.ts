import { ortc } from 'mediasoup';
import type { types } from 'mediasoup';
import type { RtpCapabilities } from '@minimeet/protocol';
import { toWireCapabilities } from './wire.js';

/** Video starts at this estimate of the link, so that the first picture is not the smallest layer (kbit/s). */
const START_BITRATE_KBPS = 1000;

/** The codecs of every router, in the order of preference for clients that have none of their own. */
export const MEDIA_CODECS: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1, minptime: 10 },
  },
  video('VP8'),
  video('VP9', { 'profile-id': 0 }),
  video('VP9', { 'profile-id': 2 }),
  h264('42e01f'),
  h264('4d0032'),
  video('AV1'),
];

/** The same on every router, since it depends on the codecs alone. */
export const ROUTER_RTP_CAPABILITIES: RtpCapabilities = toWireCapabilities(
  ortc.generateRouterRtpCapabilities(MEDIA_CODECS),
);

function video(name: string, parameters: Record<string, number | string> = {}): types.RouterRtpCodecCapability {
  return {
    kind: 'video',
    mimeType: `video/${name}`,
    clockRate: 90_000,
    parameters: { ...parameters, 'x-google-start-bitrate': START_BITRATE_KBPS },
  };
}

function h264(profileLevelId: string): types.RouterRtpCodecCapability {
  return video('H264', {
    'packetization-mode': 1,
    'profile-level-id': profileLevelId,
    'level-asymmetry-allowed': 1,
  });
}
