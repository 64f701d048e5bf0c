import type { RtpCapabilities, RtpParameters } from '@minimeet/protocol';

type RtpCodec = NonNullable<RtpCapabilities['codecs']>[number];

const AUDIO_LEVEL_URI = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
const CODECS = ['audio/opus', 'video/vp8'];

/** Id of the audio level extension in the packets that we send. */
export const AUDIO_LEVEL_ID = 1;

/** @returns what a synthetic peer can receive: Opus and VP8, without retransmission and without bandwidth estimation. */
export function receiveCapabilities(router: RtpCapabilities): RtpCapabilities {
  const codecs = (router.codecs ?? []).filter(({ mimeType }) => CODECS.includes(mimeType.toLowerCase()));
  return {
    codecs: codecs.map((codec) => ({
      ...codec,
      rtcpFeedback: codec.rtcpFeedback?.filter(({ parameter }) => parameter === 'pli' || parameter === 'fir'),
    })),
    headerExtensions: (router.headerExtensions ?? []).filter(({ uri }) => uri === AUDIO_LEVEL_URI),
  };
}

export interface SendStream {
  ssrc: number;
  payloadType: number;
  clockRate: number;
  cname: string;
  rtpParameters: RtpParameters;
}

/** @param mimeType one that the router has. @returns how a stream of it is sent, with the router's payload type. */
export function sendStream(
  router: RtpCapabilities,
  mimeType: string,
  { ssrc, cname }: { ssrc: number; cname: string },
): SendStream {
  const codec = router.codecs?.find((candidate) => candidate.mimeType.toLowerCase() === mimeType);
  if (!codec) throw new Error(`The server does not take ${mimeType}.`);
  const { preferredPayloadType: payloadType, clockRate } = codec;
  const rtpParameters: RtpParameters = {
    codecs: [{ ...codecParameters(codec), payloadType }],
    headerExtensions:
      codec.kind === 'audio' ? [{ uri: AUDIO_LEVEL_URI, id: AUDIO_LEVEL_ID, encrypt: false, parameters: {} }] : [],
    encodings: [{ ssrc }],
    rtcp: { cname, reducedSize: true },
  };
  return { ssrc, payloadType, clockRate, cname, rtpParameters };
}

function codecParameters({ kind, mimeType, clockRate, channels, rtcpFeedback }: RtpCodec) {
  const isAudio = kind === 'audio';
  return {
    mimeType,
    clockRate,
    ...(isAudio && { channels }),
    parameters: isAudio ? { useinbandfec: 1, usedtx: 1 } : {},
    rtcpFeedback: rtcpFeedback?.filter(({ parameter }) => parameter === 'pli' || parameter === 'fir') ?? [],
  };
}
