import type { IceServer, TransportOptions } from '@minimeet/protocol';
import type { Device, Transport } from 'mediasoup-client/types';
import { originOfPage, type ClientOptions } from './client.js';
import { MiniMeetError } from './errors.js';
import { loadDevice } from './media-session.js';
import { delay } from './retry.js';
import { Signalling } from './signalling.js';

/** One way for sound and pictures to the server and back. */
export interface PathCheck {
  works: boolean;
  /** From the first packet to the end of the DTLS handshake, in milliseconds; `null` when it does not work. */
  connectMs: number | null;
  /** Round trip of an ICE check, in milliseconds; `null` when it is not known. */
  roundTripMs: number | null;
}

export interface NetworkCheck {
  /** How long the WebSocket took to be welcomed, in milliseconds. */
  socketMs: number;
  udp: PathCheck;
  tcp: PathCheck;
  /** Through the server's TURN; `null` when it has none. */
  relay: PathCheck | null;
}

export interface NetworkCheckOptions extends ClientOptions {
  /** Told of each result as it comes. */
  onResult?: (result: Partial<NetworkCheck>) => void;
  /** Ends the check; its reason is thrown then. */
  signal?: AbortSignal;
}

/** ICE and DTLS need a few round trips; a path that has not come by then is blocked. */
const PATH_TIMEOUT_MS = 8_000;
const LOOKS = 4;
const BETWEEN_LOOKS_MS = 150;
const BLOCKED: PathCheck = { works: false, connectMs: null, roundTripMs: null };

/**
 * Tries which ways to the server's media are open: connects to its real transports, once with UDP candidates only and
 * once with TCP candidates only, and through TURN where there is one. Its own connection disturbs no call.
 * @throws MiniMeetError DISCONNECTED: no WebSocket; UNAUTHENTICATED …; UNSUPPORTED_MEDIA: there is no WebRTC here.
 */
export async function checkNetwork(options: NetworkCheckOptions): Promise<NetworkCheck> {
  const { url = originOfPage(), accessToken, client, onResult = () => undefined, signal } = options;
  const token = typeof accessToken === 'string' ? () => accessToken : accessToken;
  signal?.throwIfAborted();
  const signalling = new Signalling({ url, accessToken: token, client });
  const abort = () => signalling.close();
  signal?.addEventListener('abort', abort);
  try {
    const startedAt = performance.now();
    const welcome = await signalling.connect();
    const socketMs = performance.now() - startedAt;
    onResult({ socketMs });
    const device = await loadDevice(welcome.routerRtpCapabilities);
    if (!device) throw new MiniMeetError('UNSUPPORTED_MEDIA', 'There is no WebRTC here.');
    const check = new MediaCheck(signalling, device);
    const direct = await check.direct(onResult);
    const relay = await check.relayed(welcome.iceServers);
    onResult({ relay });
    signal?.throwIfAborted();
    return { socketMs, ...direct, relay };
  } catch (error) {
    signal?.throwIfAborted();
    throw MiniMeetError.from(error);
  } finally {
    signal?.removeEventListener('abort', abort);
    // The server closes what was prepared with the connection.
    signalling.close();
  }
}

class MediaCheck {
  readonly #signalling: Signalling;
  readonly #device: Device;

  constructor(signalling: Signalling, device: Device) {
    this.#signalling = signalling;
    this.#device = device;
  }

  /** Both at the same time: the server's two transports are alike to a client that only connects. */
  async direct(onResult: (result: Partial<NetworkCheck>) => void): Promise<Pick<NetworkCheck, 'udp' | 'tcp'>> {
    const { sendTransport, recvTransport } = await this.#prepare();
    const overUdp = this.#open(only(sendTransport, 'udp'), { iceServers: [] });
    const overTcp = this.#open(only(recvTransport, 'tcp'), { iceServers: [] });
    try {
      const [udp, tcp] = await Promise.all([
        overUdp.result.then((result) => {
          onResult({ udp: result });
          return result;
        }),
        overTcp.result.then((result) => {
          onResult({ tcp: result });
          return result;
        }),
      ]);
      return { udp, tcp };
    } finally {
      // Together: the server takes one that says goodbye for the end of both.
      overUdp.transport.close();
      overTcp.transport.close();
    }
  }

  async relayed(iceServers: IceServer[]): Promise<PathCheck | null> {
    if (!iceServers.some(({ urls }) => [urls].flat().some((address) => /^turns?:/.test(address)))) return null;
    const { sendTransport } = await this.#prepare();
    const { transport, result } = this.#open(sendTransport, { iceServers, iceTransportPolicy: 'relay' });
    try {
      return await result;
    } finally {
      transport.close();
    }
  }

  #prepare() {
    return this.#signalling.request('prepare_media', { rtpCapabilities: this.#device.recvRtpCapabilities });
  }

  #open(
    options: TransportOptions,
    ice: { iceServers: IceServer[]; iceTransportPolicy?: RTCIceTransportPolicy },
  ): { transport: Transport; result: Promise<PathCheck> } {
    const transport = this.#device.createSendTransport({ ...options, ...ice });
    // Without a candidate there is nothing to try.
    const result = options.iceCandidates.length > 0 ? tryPath(transport, this.#signalling) : Promise.resolve(BLOCKED);
    return { transport, result };
  }
}

async function tryPath(transport: Transport, signalling: Signalling): Promise<PathCheck> {
  const startedAt = performance.now();
  if (!(await connects(transport, signalling))) return BLOCKED;
  const connectMs = performance.now() - startedAt;
  return { works: true, connectMs, roundTripMs: await roundTripOf(transport) };
}

function only(transport: TransportOptions, protocol: 'udp' | 'tcp'): TransportOptions {
  return {
    ...transport,
    iceCandidates: transport.iceCandidates.filter((candidate) => candidate.protocol === protocol),
  };
}

/** Resolves `false` when it does not connect in time, or is refused. */
function connects(transport: Transport, signalling: Signalling): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(false), PATH_TIMEOUT_MS);
    const settle = (connected: boolean) => {
      clearTimeout(timer);
      resolve(connected);
    };
    transport.on('connect', ({ dtlsParameters }, callback) => {
      callback();
      signalling.request('connect_transport', { transportId: transport.id, dtlsParameters }).catch(() => settle(false));
    });
    transport.on('producedata', (_data, callback) => callback({ id: 'check' }));
    transport.on('connectionstatechange', (state) => {
      if (state === 'connected') settle(true);
      if (state === 'failed' || state === 'closed') settle(false);
    });
    // A data channel of our own making is enough for ICE and DTLS: the server need not know of it.
    transport.produceData({ label: 'check' }).catch(() => settle(false));
  });
}

/** The browser counts it a moment after the first answer. */
async function roundTripOf(transport: Transport): Promise<number | null> {
  for (let look = 0; look < LOOKS; look++) {
    const stats = await transport.getStats();
    for (const entry of stats.values() as Iterable<Partial<RTCIceCandidatePairStats>>) {
      if (entry.type === 'candidate-pair' && entry.nominated && entry.currentRoundTripTime !== undefined)
        return entry.currentRoundTripTime * 1_000;
    }
    await delay(BETWEEN_LOOKS_MS);
  }
  return null;
}
