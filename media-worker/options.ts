import type { types } from 'mediasoup';

/** The settings of a media server. Only `listenIp` has no default. */
export interface MediaServerOptions {
  /** Slots, each with one mediasoup worker. Default: one a core. */
  workers?: number;
  /** Address that every slot listens on, UDP and TCP. */
  listenIp: string;
  /** Addresses told to clients, when they differ from `listenIp`. Default for 0.0.0.0 and ::: the machine's own. */
  announcedAddresses?: string[];
  /** Slot i listens on `firstPort + i`. Default: 0, any free port. */
  firstPort?: number;
  /** mediasoup's worker binary. Default: as mediasoup finds it. */
  workerBin?: string;
  /** The workers' level of logging. Default: `warn`. */
  logLevel?: types.WorkerLogLevel;
  /** Microphones that a listener gets at once, the loudest. Default: 4. */
  audioStreams?: number;
  /** Consumers of one room on one slot, beyond which the room spreads to another slot. Default: 400. */
  consumersPerSlot?: number;
  /** Media of a peer of which no transport has connected by then is closed (ms). Default: 20,000. */
  transportConnectMs?: number;
  /** A worker that does not answer for this long is killed (ms). Default: 5,000. */
  workerHangMs?: number;
  /** The time between measurements of the workers' CPU (ms). Default: 2,000. */
  sampleMs?: number;
  /** The time between samples of a participant's media (ms), longer above 100 requests a second. Default: 10,000. */
  qualityIntervalMs?: number;
  /** The deadline of one request to a worker (ms). Default: 4,000. */
  requestTimeoutMs?: number;
  /** The most that one participant may send (bit/s). Default: 8,000,000. */
  maxIncomingBitrateBps?: number;
  /** The waits before a video without full or any viewers is lowered or stopped (ms). Default: 2,000 and 10,000. */
  lowerLayersMs?: number;
  stopLayersMs?: number;
  /** The wait before a piped producer without receivers on its slot is closed (ms). Default: 10,000. */
  pipeLingerMs?: number;
  /** Hears of failures in the background, where no caller waits. Default: nobody. */
  onError?: (error: unknown, context: string) => void;
}

export type MediaSettings = Required<Omit<MediaServerOptions, 'workerBin'>> & { workerBin: string | undefined };
