import type { types } from 'mediasoup';

/** How a media server is set up. Only `listenIp` has no default. */
export interface MediaServerOptions {
  /** Slots, each with one mediasoup worker. Default: one a core. */
  workers?: number;
  /** Address that every slot listens on, UDP and TCP. */
  listenIp: string;
  /** Addresses that clients are told, when they differ from `listenIp`. Default for 0.0.0.0 and ::: the machine's own. */
  announcedAddresses?: string[];
  /** Slot i listens on `firstPort + i`. Default: 0, any free port. */
  firstPort?: number;
  /** mediasoup's worker binary. Default: as mediasoup finds it. */
  workerBin?: string;
  /** What the workers log. Default: `warn`. */
  logLevel?: types.WorkerLogLevel;
  /** Microphones that a listener gets at once, the loudest. Default: 4. */
  audioStreams?: number;
  /** Consumers of one room on one slot, beyond which the room spreads to another slot. Default: 400. */
  consumersPerSlot?: number;
  /** Media of a peer of which no transport has connected by then is closed (ms). Default: 20,000. */
  transportConnectMs?: number;
  /** A worker that does not answer for this long is killed (ms). Default: 5,000. */
  workerHangMs?: number;
  /** How often the workers' CPU is measured (ms). Default: 2,000. */
  sampleMs?: number;
  /** How often each person's media is sampled, when no more than 100 requests a second are needed for it (ms). Default: 10,000. */
  qualityIntervalMs?: number;
  /** How long one request to a worker may take (ms). Default: 4,000. */
  requestTimeoutMs?: number;
  /** What one person may send (bit/s). Default: 8,000,000. */
  maxIncomingBitrateBps?: number;
  /** How long a video that nobody watches fully, or at all, goes on (ms). Default: 2,000 and 10,000. */
  lowerLayersMs?: number;
  stopLayersMs?: number;
  /** How long a slot keeps receiving a piped producer that nobody there receives (ms). Default: 10,000. */
  pipeLingerMs?: number;
  /** Hears of what failed in the background, where no caller waits. Default: nobody. */
  onError?: (error: unknown, context: string) => void;
}

export type MediaSettings = Required<Omit<MediaServerOptions, 'workerBin'>> & { workerBin: string | undefined };
