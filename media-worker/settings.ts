import { availableParallelism, networkInterfaces } from 'node:os';
import { isIPv4, isIPv6 } from 'node:net';
import { TIMES } from '@minimeet/protocol';
import type { MediaServerOptions, MediaSettings } from './options.js';

/** More would pass what one participant may receive. */
const MAX_AUDIO_STREAMS = 32;
/** A timer cannot wait longer. */
const MAX_INTERVAL_MS = 2 ** 31 - 1;

/**
 * Fills in the defaults.
 *
 * @throws RangeError or TypeError that names the option.
 */
export function settingsOf(options: MediaServerOptions): MediaSettings {
  const { listenIp } = options;
  if (!isIPv4(listenIp) && !isIPv6(listenIp)) {
    throw new TypeError(`listenIp is not an IP address: "${listenIp}"`);
  }
  const settings: MediaSettings = {
    workers: availableParallelism(),
    announcedAddresses: [],
    firstPort: 0,
    logLevel: 'warn',
    audioStreams: 4,
    consumersPerSlot: 400,
    transportConnectMs: TIMES.transportConnectMs,
    workerHangMs: 5_000,
    sampleMs: 2_000,
    qualityIntervalMs: TIMES.qualityIntervalMs,
    requestTimeoutMs: 4_000,
    maxIncomingBitrateBps: 8_000_000,
    lowerLayersMs: 2_000,
    stopLayersMs: 10_000,
    pipeLingerMs: 10_000,
    onError: () => undefined,
    ...withoutUndefined(options),
    listenIp,
    workerBin: options.workerBin,
  };
  if (settings.announcedAddresses.length === 0) {
    settings.announcedAddresses = ownAddresses(listenIp);
  }
  requireRange(settings.workers, 1, 256, 'workers');
  requireRange(settings.firstPort, 0, 65_535 - settings.workers, 'firstPort');
  requireRange(settings.audioStreams, 1, MAX_AUDIO_STREAMS, 'audioStreams');
  requireRange(settings.consumersPerSlot, 1, Number.MAX_SAFE_INTEGER, 'consumersPerSlot');
  requireRange(settings.qualityIntervalMs, 1, MAX_INTERVAL_MS, 'qualityIntervalMs');
  return settings;
}

function requireRange(value: number, lowest: number, highest: number, name: string): void {
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    throw new RangeError(`${name} must be a whole number from ${lowest} to ${highest}, not ${value}`);
  }
}

/** A wildcard address means nothing to a client, which needs to know where to send. */
function ownAddresses(listenIp: string): string[] {
  const family = { '0.0.0.0': 'IPv4', '::': 'IPv6' }[listenIp];
  if (!family) {
    return [];
  }
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const ofFamily = all.filter((address) => address.family === family && !address.address.startsWith('fe80:'));
  // Addresses of the network come first: the machine itself can use them too.
  return ofFamily.sort((a, b) => Number(a.internal) - Number(b.internal)).map(({ address }) => address);
}

function withoutUndefined(options: MediaServerOptions): Partial<MediaServerOptions> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
