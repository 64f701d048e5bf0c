import type { MediaSource, ProducerOptions, RtpCapabilities } from '@minimeet/protocol';

/** Ids of header extensions in what the tests send. */
const AUDIO_LEVEL_ID = 1;
const RTP_HEADER_BYTES = 12;
const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;

/** Payload types of the router, so that nothing is mapped to anything else. */
const OPUS = { mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 };
const VP8 = { mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000 };

/** Options for `MediaPeer.produce`. Each track has its own SSRC; a camera may have several layers. */
export function producerOptions(
  source: MediaSource,
  ssrc: number,
  more: Partial<ProducerOptions> & { layers?: number } = {},
): ProducerOptions {
  const { layers = 1, ...rest } = more;
  const isAudio = source === 'microphone' || source === 'screen_audio';
  return {
    requestId: crypto.randomUUID(),
    source,
    rtpParameters: {
      codecs: [isAudio ? OPUS : VP8],
      headerExtensions: isAudio ? [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: AUDIO_LEVEL_ID }] : [],
      encodings: Array.from({ length: layers }, (_, layer) => ({ ssrc: ssrc + layer })),
      rtcp: { cname: `test-${ssrc}`, reducedSize: true },
    },
    ...rest,
  };
}

/** The router's own capabilities, reduced to what the tests send and without bandwidth estimation or retransmission. */
export function receiveCapabilities(router: RtpCapabilities): RtpCapabilities {
  return {
    codecs: (router.codecs ?? [])
      .filter(({ mimeType }) => [OPUS.mimeType, VP8.mimeType].includes(mimeType))
      .map((codec) => ({ ...codec, rtcpFeedback: [{ type: 'nack', parameter: 'pli' }] })),
    headerExtensions: [],
  };
}

/** An Opus packet that says how loud it is. @param dBov 0 the loudest, -127 silence (RFC 6464). */
export function opusPacket(ssrc: number, sequenceNumber: number, dBov: number): Buffer {
  const packet = Buffer.alloc(RTP_HEADER_BYTES + 8 + 20);
  packet[0] = 0x90;
  writeHeader(packet, OPUS.payloadType, sequenceNumber, sequenceNumber * 960, ssrc);
  // One-byte header extensions (RFC 8285), one word of them.
  packet.writeUInt16BE(0xbede, 12);
  packet.writeUInt16BE(1, 14);
  packet[16] = AUDIO_LEVEL_ID << 4;
  packet[17] = 0x80 | -dBov;
  return packet;
}

/** A whole VP8 key frame in one packet, as far as an SFU looks into it (RFC 7741). */
export function vp8KeyFrame(ssrc: number, sequenceNumber: number): Buffer {
  const packet = Buffer.alloc(RTP_HEADER_BYTES + 40);
  packet[0] = 0x80;
  writeHeader(packet, 0x80 | VP8.payloadType, sequenceNumber, sequenceNumber * 3000, ssrc);
  // Descriptor: start of partition 0; then the frame header with P = 0, the start code and 320 × 180.
  Buffer.from([0x10, 0x10, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00]).copy(packet, RTP_HEADER_BYTES);
  return packet;
}

/** Dates the media of an RTP timestamp (RFC 3550, 6.4.1); simulcast layers are compared by it. */
export function senderReport(ssrc: number, timestamp: number): Buffer {
  const packet = Buffer.alloc(28);
  packet[0] = 0x80;
  packet[1] = 200;
  packet.writeUInt16BE(packet.length / 4 - 1, 2);
  packet.writeUInt32BE(ssrc, 4);
  const seconds = Date.now() / 1_000 + SECONDS_FROM_1900_TO_1970;
  packet.writeUInt32BE(Math.floor(seconds), 8);
  packet.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32), 12);
  packet.writeUInt32BE(timestamp >>> 0, 16);
  return packet;
}

export function ssrcOf(packet: Buffer): number {
  return packet.readUInt32BE(8);
}

/** RTP and RTCP share a transport (RFC 5761). */
export function isRtp(packet: Buffer): boolean {
  const type = packet[1] ?? 0;
  return packet.length >= RTP_HEADER_BYTES && (type < 192 || type > 223);
}

function writeHeader(packet: Buffer, type: number, sequenceNumber: number, timestamp: number, ssrc: number): void {
  packet[1] = type;
  packet.writeUInt16BE(sequenceNumber & 0xffff, 2);
  packet.writeUInt32BE(timestamp >>> 0, 4);
  packet.writeUInt32BE(ssrc, 8);
}
