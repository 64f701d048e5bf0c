import type { MediaKind, RtpCapabilities, RtpParameters } from '@minimeet/protocol';
import { EXTENSION_IDS } from './rtp.js';

type RtpCodec = NonNullable<RtpCapabilities['codecs']>[number];
type HeaderExtension = NonNullable<RtpParameters['headerExtensions']>[number];
type RtcpFeedback = NonNullable<RtpCodec['rtcpFeedback']>[number];

const AUDIO_LEVEL_URI = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
export const CAPTURE_TIME_URI = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time';
const TRANSPORT_SEQUENCE_URI = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
const MIME_TYPES = { audio: 'audio/opus', video: 'video/vp8' } as const;

/** @returns a synthetic peer's capabilities: Opus, VP8 with retransmission (RFC 4588), transport-wide feedback. */
export function receiveCapabilities(router: RtpCapabilities): RtpCapabilities {
  const mimeTypes: string[] = Object.values(MIME_TYPES);
  const uris: string[] = [AUDIO_LEVEL_URI, CAPTURE_TIME_URI, TRANSPORT_SEQUENCE_URI];
  return {
    codecs: (router.codecs ?? [])
      .filter(({ mimeType, parameters }, _, all) => {
        const repaired = all.find(({ preferredPayloadType }) => preferredPayloadType === parameters?.apt);
        return mimeTypes.includes((repaired?.mimeType ?? mimeType).toLowerCase());
      })
      .map((codec) => ({ ...codec, rtcpFeedback: codec.rtcpFeedback?.filter(isTaken(codec.kind)) })),
    headerExtensions: (router.headerExtensions ?? []).filter(({ uri }) => uris.includes(uri)),
  };
}

/** @returns the payload type of VP8 packets that are sent again; -1 without. */
export function repairPayloadTypeOf(router: RtpCapabilities): number {
  const repairs = receiveCapabilities(router).codecs?.find(({ parameters }) => parameters?.apt !== undefined);
  return repairs?.preferredPayloadType ?? -1;
}

/** @returns the id of the header extension with the transport's sequence number in what the server sends; 0 without. */
export function transportSequenceIdOf(router: RtpCapabilities): number {
  return router.headerExtensions?.find(({ uri }) => uri === TRANSPORT_SEQUENCE_URI)?.preferredId ?? 0;
}

export interface SendStream {
  ssrcs: number[];
  payloadType: number;
  clockRate: number;
  cname: string;
  rtpParameters: RtpParameters;
}

/** @param ssrcs one a simulcast layer, smallest first. @returns the parameters with the router's payload type. */
export function sendStream(
  router: RtpCapabilities,
  kind: MediaKind,
  { ssrcs, cname }: { ssrcs: number[]; cname: string },
): SendStream {
  const mimeType = MIME_TYPES[kind];
  const codec = router.codecs?.find((candidate) => candidate.mimeType.toLowerCase() === mimeType);
  if (!codec) throw new Error(`The server does not take ${mimeType}.`);
  const { preferredPayloadType: payloadType, clockRate } = codec;
  const rtpParameters: RtpParameters = {
    codecs: [{ ...codecParameters(codec), payloadType }],
    headerExtensions: [
      ...(kind === 'audio' ? [extension(AUDIO_LEVEL_URI, EXTENSION_IDS.audioLevel)] : []),
      extension(CAPTURE_TIME_URI, EXTENSION_IDS.captureTime),
      extension(TRANSPORT_SEQUENCE_URI, EXTENSION_IDS.transportSequence),
    ],
    encodings: ssrcs.map((ssrc) => ({ ssrc })),
    rtcp: { cname, reducedSize: true },
  };
  return { ssrcs, payloadType, clockRate, cname, rtpParameters };
}

function extension(uri: HeaderExtension['uri'], id: number): HeaderExtension {
  return { uri, id, encrypt: false, parameters: {} };
}

function codecParameters({ kind, mimeType, clockRate, channels, rtcpFeedback = [] }: RtpCodec) {
  const isAudio = kind === 'audio';
  return {
    mimeType,
    clockRate,
    ...(isAudio && { channels }),
    parameters: isAudio ? { useinbandfec: 1, usedtx: 1 } : {},
    rtcpFeedback: rtcpFeedback.filter(isTaken(kind)),
  };
}

/** Transport-wide feedback; key-frame requests and packets sent again for video only, as in browsers. */
function isTaken(kind: MediaKind): (feedback: RtcpFeedback) => boolean {
  return ({ type, parameter }) =>
    type === 'transport-cc' || (kind === 'video' && (type === 'nack' || type === 'ccm') && isOurs(parameter));
}

function isOurs(parameter: string | undefined): boolean {
  return !parameter || parameter === 'pli' || parameter === 'fir';
}
