import { ortc, parseScalabilityMode } from 'mediasoup';
import {
  kindOf,
  LIMITS,
  type DtlsParameters,
  type ProducerOptions,
  type RtpCapabilities,
  type RtpParameters,
} from '@minimeet/protocol';
import { MediaError, refusal } from '../errors.js';
import { fromWireCapabilities, fromWireRtpParameters } from '../wire.js';

/** Bounds on shape; a browser's own parameters have about 5 levels and 600 values. */
const MAX_DEPTH = 8;
const MAX_VALUES = 4000;
/** RFC 8851 and mediasoup's own header extension ids are one byte. */
const MAX_BYTE = 255;
const MAX_UINT32 = 0xffff_ffff;
const MAX_LAYERS = 3;

/** Hash functions that a DTLS fingerprint may use (RFC 8122 forbids md5 and sha-1 for new work), with their bytes. */
const FINGERPRINT_BYTES: Readonly<Record<string, number>> = { 'sha-256': 32, 'sha-384': 48, 'sha-512': 64 };

/**
 * Checks what a device says that it can receive, before mediasoup sees it.
 *
 * @returns a copy of its own that mediasoup has filled with its defaults.
 * @throws MediaError `UNSUPPORTED_MEDIA` or `LIMIT_EXCEEDED`.
 */
export function guardRtpCapabilities(rtpCapabilities: RtpCapabilities): RtpCapabilities {
  const what = 'rtpCapabilities';
  boundShape(rtpCapabilities, what);
  const { codecs, headerExtensions } = rtpCapabilities;
  boundList(codecs, LIMITS.codecs, `${what}.codecs`);
  boundList(headerExtensions, LIMITS.headerExtensions, `${what}.headerExtensions`);
  for (const codec of codecs ?? []) {
    isObject(codec, `${what}.codecs`);
    inRange(codec.preferredPayloadType, 0, 127, 'preferredPayloadType');
    guardCodec(codec);
  }
  for (const extension of headerExtensions ?? []) {
    isObject(extension, `${what}.headerExtensions`);
    inRange(extension.preferredId, 1, MAX_BYTE, 'preferredId');
  }
  const own = structuredClone(rtpCapabilities);
  attempt(what, () => {
    ortc.validateAndNormalizeRtpCapabilities(fromWireCapabilities(own));
  });
  return own;
}

/**
 * Checks what somebody wants to publish, before mediasoup sees it.
 *
 * @throws MediaError `UNSUPPORTED_MEDIA` or `LIMIT_EXCEEDED`.
 */
export function guardProducerOptions({ requestId, source, rtpParameters }: ProducerOptions): void {
  if (typeof requestId !== 'string' || requestId.length === 0 || requestId.length > LIMITS.rtpStringLength) {
    refuse('requestId', 'is not an id');
  }
  const what = 'rtpParameters';
  boundShape(rtpParameters, what);
  const { codecs, headerExtensions, encodings } = rtpParameters;
  boundList(codecs, LIMITS.codecs, `${what}.codecs`);
  boundList(headerExtensions, LIMITS.headerExtensions, `${what}.headerExtensions`);
  boundList(encodings, LIMITS.encodings, `${what}.encodings`);
  const kind = kindOf(source);
  if (!codecs?.length) {
    refuse(`${what}.codecs`, 'is empty');
  }
  for (const codec of codecs) {
    isObject(codec, `${what}.codecs`);
    inRange(codec.payloadType, 0, 127, 'payloadType');
    guardCodec(codec);
    if (!codec.mimeType.toLowerCase().startsWith(`${kind}/`)) {
      refuse(`${what}.codecs`, `has "${codec.mimeType}", which cannot carry a ${source}`);
    }
  }
  for (const extension of headerExtensions ?? []) {
    isObject(extension, `${what}.headerExtensions`);
    inRange(extension.id, 1, MAX_BYTE, 'header extension id');
  }
  guardEncodings(rtpParameters, kind);
  attempt(what, () => {
    ortc.validateAndNormalizeRtpParameters(structuredClone(fromWireRtpParameters(rtpParameters)));
  });
}

/**
 * Checks a client's DTLS parameters.
 *
 * @throws MediaError `UNSUPPORTED_MEDIA` or `LIMIT_EXCEEDED`.
 */
export function guardDtlsParameters(dtlsParameters: DtlsParameters): void {
  const what = 'dtlsParameters';
  boundShape(dtlsParameters, what);
  const { role, fingerprints } = dtlsParameters;
  if (role !== undefined && !['auto', 'client', 'server'].includes(role)) {
    refuse(`${what}.role`, 'is not auto, client or server');
  }
  boundList(fingerprints, LIMITS.fingerprints, `${what}.fingerprints`);
  if (!fingerprints?.length) {
    refuse(`${what}.fingerprints`, 'is empty');
  }
  for (const fingerprint of fingerprints) {
    isObject(fingerprint, `${what}.fingerprints`);
    const bytes = Object.hasOwn(FINGERPRINT_BYTES, fingerprint.algorithm)
      ? FINGERPRINT_BYTES[fingerprint.algorithm]
      : undefined;
    if (bytes === undefined) {
      refuse(`${what}.fingerprints`, 'needs sha-256, sha-384 or sha-512');
    }
    const { value } = fingerprint;
    if (typeof value !== 'string' || value.length !== bytes * 3 - 1 || !/^[\da-f]{2}(:[\da-f]{2})+$/i.test(value)) {
      refuse(`${what}.fingerprints`, `has a value that is not ${bytes} bytes in hexadecimal with colons`);
    }
  }
}

function guardCodec(codec: { mimeType: string; clockRate: number; channels?: number }): void {
  if (typeof codec.mimeType !== 'string') {
    refuse('mimeType', 'is not a string');
  }
  inRange(codec.clockRate, 1, MAX_UINT32, 'clockRate');
  if (codec.channels !== undefined) {
    inRange(codec.channels, 1, 8, 'channels');
  }
}

function guardEncodings({ encodings = [], rtcp }: RtpParameters, kind: 'audio' | 'video'): void {
  if (kind === 'audio' && encodings.length > 1) {
    refuse('rtpParameters.encodings', 'has several entries for audio');
  }
  const seen = new Set<string | number>();
  for (const encoding of encodings) {
    isObject(encoding, 'rtpParameters.encodings');
    const { ssrc, rid, rtx, maxBitrate, scalabilityMode } = encoding;
    for (const number of [ssrc, rtx?.ssrc, maxBitrate]) {
      if (number !== undefined) {
        inRange(number, 0, MAX_UINT32, 'ssrc or maxBitrate');
      }
    }
    for (const name of [ssrc, rtx?.ssrc, rid]) {
      if (name !== undefined && seen.size === seen.add(name).size) {
        refuse('rtpParameters.encodings', `has "${String(name)}" twice`);
      }
    }
    if (scalabilityMode !== undefined) {
      guardScalabilityMode(scalabilityMode);
    }
  }
  if (rtcp !== undefined) {
    isObject(rtcp, 'rtpParameters.rtcp');
  }
}

function guardScalabilityMode(scalabilityMode: string): void {
  if (typeof scalabilityMode !== 'string') {
    refuse('scalabilityMode', 'is not a string');
  }
  const { spatialLayers, temporalLayers } = parseScalabilityMode(scalabilityMode);
  if (spatialLayers > MAX_LAYERS || temporalLayers > MAX_LAYERS) {
    refuse('scalabilityMode', `has more than ${MAX_LAYERS} layers`);
  }
}

/** Depth, number of values and length of strings of anything, before a look at what it means. */
function boundShape(value: unknown, what: string): void {
  isObject(value, what);
  let values = 0;
  const visit = (node: unknown, depth: number): void => {
    values += 1;
    if (values > MAX_VALUES || depth > MAX_DEPTH) {
      exceed(what, 'is too large');
    }
    if (typeof node === 'string') {
      if (node.length > LIMITS.rtpStringLength) {
        exceed(what, `has a string of more than ${LIMITS.rtpStringLength} characters`);
      }
    } else if (typeof node === 'number') {
      if (!Number.isFinite(node)) {
        refuse(what, 'has a number that is none');
      }
    } else if (typeof node === 'object' && node !== null) {
      for (const [key, child] of Object.entries(node)) {
        visit(key, depth);
        visit(child, depth + 1);
      }
    } else if (node !== null && node !== undefined && typeof node !== 'boolean') {
      refuse(what, `has a ${typeof node}`);
    }
  };
  visit(value, 0);
}

function boundList(list: unknown, limit: number, what: string): void {
  if (list === undefined) {
    return;
  }
  if (!Array.isArray(list)) {
    refuse(what, 'is not a list');
  }
  if (list.length > limit) {
    exceed(what, `has more than ${limit} entries`);
  }
}

function isObject(value: unknown, what: string): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(what, 'is not an object');
  }
}

function inRange(value: unknown, lowest: number, highest: number, what: string): void {
  if (!Number.isInteger(value) || Number(value) < lowest || Number(value) > highest) {
    refuse(what, `is not a whole number from ${lowest} to ${highest}`);
  }
}

function attempt(what: string, validate: () => void): void {
  try {
    validate();
  } catch (error) {
    throw refusal(error, what);
  }
}

function refuse(what: string, why: string): never {
  throw new MediaError('UNSUPPORTED_MEDIA', `The ${what} ${why}.`);
}

function exceed(what: string, why: string): never {
  throw new MediaError('LIMIT_EXCEEDED', `The ${what} ${why}.`);
}
