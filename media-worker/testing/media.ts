import type { ConsumerOptions, DtlsParameters, InitialView, ParticipantId, ProducerOptions } from '@minimeet/protocol';
import { MediaServer, type MediaPeer, type MediaRoom, type MediaServerOptions } from '../index.js';
import { RtpClient } from './rtp-client.js';
import { receiveCapabilities } from './rtp.js';

/** Failures in the background; a spec that expects some looks here, the others expect none. */
export interface Reported {
  error: unknown;
  context: string;
}

/** A media server on loopback with real workers. */
export async function startMedia(
  options: Partial<MediaServerOptions> = {},
): Promise<{ server: MediaServer; reported: Reported[] }> {
  const reported: Reported[] = [];
  const server = await MediaServer.create({
    listenIp: '127.0.0.1',
    workers: 1,
    workerBin: process.env['MEDIASOUP_WORKER_BIN'],
    onError: (error, context) => reported.push({ error, context }),
    ...options,
  });
  return { server, reported };
}

/** A participant whose client confirms each consumer, and everything that it was told. */
export class TestPerson {
  readonly opened: ConsumerOptions[][] = [];
  readonly closed: string[] = [];
  readonly changed = new Map<string, { paused: boolean; spatialLayer?: number }>();
  readonly layersWanted: number[] = [];
  #send?: RtpClient;
  #recv?: RtpClient;

  private constructor(
    readonly server: MediaServer,
    readonly peer: MediaPeer,
  ) {
    peer.on('consumers-opened', (consumers) => {
      this.opened.push(consumers);
      peer.confirmConsumers(consumers.map(({ id }) => id));
    });
    peer.on('consumers-closed', (ids) => this.closed.push(...ids));
    peer.on('consumers-changed', (changes) => {
      for (const { id, ...state } of changes) this.changed.set(id, state);
    });
    peer.on('layers-wanted', (wanted) => this.layersWanted.push(...wanted.map((entry) => entry.maxSpatialLayer)));
  }

  /** Has transports, but has not joined. */
  static async prepare(server: MediaServer, room: MediaRoom, participantId: ParticipantId): Promise<TestPerson> {
    const rtpCapabilities = receiveCapabilities(server.routerRtpCapabilities);
    return new TestPerson(server, await room.addPeer({ participantId, rtpCapabilities }));
  }

  static async join(
    server: MediaServer,
    room: MediaRoom,
    participantId: ParticipantId,
    view?: InitialView,
  ): Promise<TestPerson> {
    const person = await TestPerson.prepare(server, room, participantId);
    person.peer.join(view);
    return person;
  }

  get send(): RtpClient {
    if (!this.#send) throw new Error('not connected');
    return this.#send;
  }

  get recv(): RtpClient {
    if (!this.#recv) throw new Error('not connected');
    return this.#recv;
  }

  /** Connects both transports for real. */
  async connect(): Promise<this> {
    this.#send = new RtpClient(this.peer.sendTransport, 'send');
    this.#recv = new RtpClient(this.peer.recvTransport, 'recv');
    await Promise.all([
      this.peer.connectTransport(this.peer.sendTransport.id, this.#send.connect()),
      this.peer.connectTransport(this.peer.recvTransport.id, this.#recv.connect()),
      this.#send.opened(),
      this.#recv.opened(),
    ]);
    return this;
  }

  /** Connects its receiving side alone. @param fingerprint to announce instead of the client's own. */
  async connectRecv(fingerprint?: DtlsParameters['fingerprints'][number]): Promise<void> {
    this.#recv = new RtpClient(this.peer.recvTransport, 'recv');
    const { role, fingerprints } = this.#recv.connect();
    await this.peer.connectTransport(this.peer.recvTransport.id, {
      ...(role ? { role } : {}),
      fingerprints: fingerprint ? [fingerprint] : fingerprints,
    });
  }

  async publish(...options: ProducerOptions[]): Promise<string[]> {
    return this.peer.produce(options);
  }

  /** The consumers that are open now, as `participant/source`. */
  showing(): string[] {
    return this.peer
      .consumers()
      .map(({ participantId, source }) => `${participantId}/${source}`)
      .sort();
  }

  disconnect(): void {
    this.#send?.close();
    this.#recv?.close();
  }
}

/**
 * Waits until `wrong` returns (or resolves to) nothing. Long enough for a machine that does ten other things.
 *
 * @throws what is still wrong after `timeoutMs`.
 */
export async function eventually(wrong: () => unknown, timeoutMs = 15_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const still = await wrong();
    if (still === undefined || still === false || (Array.isArray(still) && still.length === 0)) return;
    if (Date.now() > deadline) throw new Error(`still wrong after ${timeoutMs} ms: ${JSON.stringify(still)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
