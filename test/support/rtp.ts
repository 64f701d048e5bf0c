import { randomInt, randomUUID } from 'node:crypto';
import type { MediaSource, ProducerOptions, RtpParameters } from '@minimeet/protocol';

/** Parameters that a browser could send for a microphone; no RTP follows. */
export function opusParameters(): RtpParameters {
  return {
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48000, channels: 2, parameters: {} }],
    encodings: [{ ssrc: randomInt(1, 2 ** 31) }],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 10 }],
    rtcp: { cname: randomUUID() },
  };
}

/** Parameters that a browser could send for a camera; no RTP follows. */
export function vp8Parameters(): RtpParameters {
  return {
    codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90000, parameters: {} }],
    encodings: [{ ssrc: randomInt(1, 2 ** 31) }],
    rtcp: { cname: randomUUID() },
  };
}

export function producerOptions(source: MediaSource): ProducerOptions {
  const isVideo = source === 'camera' || source === 'screen';
  return { requestId: randomUUID(), source, rtpParameters: isVideo ? vp8Parameters() : opusParameters() };
}

/** DTLS parameters with a well-formed fingerprint that belongs to no certificate. */
export function dtlsParameters(algorithm = 'sha-256'): object {
  const value = Array.from({ length: 32 }, () => 'AB').join(':');
  return { role: 'client', fingerprints: [{ algorithm, value }] };
}
