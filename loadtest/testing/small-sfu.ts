import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  Ack,
  ConnectTransportRequest,
  ConsumerOptions,
  JoinRoomReply,
  JoinRoomRequest,
  Participant,
  PrepareMediaReply,
  RtpCapabilities,
  ProduceRequest,
  ProducerRequest,
  RequestName,
  RequestOf,
  TransportOptions,
  Welcome,
} from '@minimeet/protocol';
import { createWorker } from 'mediasoup';
import type { Consumer, Producer, Router, WebRtcTransport, WebRtcTransportStat, Worker } from 'mediasoup/types';
import { Server, type Socket } from 'socket.io';

type Handler<Name extends RequestName> = (request: RequestOf<Name>) => Promise<unknown>;

interface SentStats {
  kind: string;
  packets: number;
  lost: number;
  roundTripTimeMs: number | null;
}

/** Sends everything to everybody in one room: the protocol that a synthetic peer needs, on a real mediasoup worker. */
export class SmallSfu {
  readonly #worker: Worker;
  readonly #router: Router;
  readonly #http: HttpServer;
  readonly #io: Server;
  readonly #people = new Set<Person>();
  /** Batches of consumers that were confirmed. */
  confirmations = 0;

  static async create(): Promise<SmallSfu> {
    const worker = await createWorker({ logLevel: 'warn', workerBin: process.env.MEDIASOUP_WORKER_BIN });
    const router = await worker.createRouter({
      mediaCodecs: [
        { kind: 'audio', mimeType: 'audio/opus', clockRate: 48000, channels: 2 },
        { kind: 'video', mimeType: 'video/VP8', clockRate: 90000 },
      ],
    });
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return new SmallSfu(worker, router, http);
  }

  private constructor(worker: Worker, router: Router, http: HttpServer) {
    this.#worker = worker;
    this.#router = router;
    this.#http = http;
    this.#io = new Server(http);
    this.#io.on('connection', (socket) => this.#welcome(socket));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** The server's statistics of its own streams to everybody, from their RTCP. */
  async sentStats(): Promise<SentStats[]> {
    const stats = await Promise.all(
      [...this.#people].flatMap((person) => person.consumers.map((one) => one.getStats())),
    );
    return stats.flat().flatMap((stat) => {
      if (stat.type !== 'outbound-rtp') return [];
      const { kind, packetCount, packetsLost, roundTripTime = null } = stat;
      return { kind, packets: packetCount, lost: packetsLost, roundTripTimeMs: roundTripTime };
    });
  }

  /** The server's estimate of each peer's path with media, in bit/s, in the order of their joining. */
  async availableBitrates(): Promise<number[]> {
    const stats = await Promise.all([...this.#people].map((person) => person.recvStats()));
    return stats.flat().map(({ availableOutgoingBitrate = 0 }) => availableOutgoingBitrate);
  }

  async close(): Promise<void> {
    await this.#io.close();
    this.#worker.close();
  }

  #welcome(socket: Socket): void {
    const person = new Person(this.#router, socket, this.#people, () => (this.confirmations += 1));
    const handle = <Name extends RequestName>(name: Name, handler: Handler<Name>): void => {
      socket.on<string>(name, (request: RequestOf<Name>, ack: (reply: Ack<unknown>) => void) => {
        handler(request).then(
          (data) => ack({ ok: true, data }),
          (error: Error) => ack({ ok: false, error: { code: 'INTERNAL', message: error.message, retryable: true } }),
        );
      });
    };
    handle('join_room', (request) => person.join(request));
    handle('connect_transport', (request) => person.connect(request));
    handle('produce', (request) => person.produce(request));
    handle('close_producer', (request) => person.closeProducer(request));
    handle('leave_room', () => Promise.resolve({}));
    socket.on('disconnect', () => person.close());
    const routerRtpCapabilities = capabilitiesOf(this.#router);
    socket.emit('welcome', {
      protocolVersion: '1.0',
      userId: socket.id,
      displayName: 'Somebody',
      routerRtpCapabilities,
      iceServers: [],
    } satisfies Welcome);
  }
}

class Person {
  readonly #router: Router;
  readonly #socket: Socket;
  readonly #people: Set<Person>;
  readonly #confirmed: () => void;
  readonly #producers = new Map<string, { producer: Producer; source: ConsumerOptions['source'] }>();
  readonly consumers: Consumer[] = [];
  #transports: { send: WebRtcTransport; recv: WebRtcTransport } | null = null;
  #request: JoinRoomRequest = { room: '' };

  constructor(router: Router, socket: Socket, people: Set<Person>, confirmed: () => void) {
    this.#router = router;
    this.#socket = socket;
    this.#people = people;
    this.#confirmed = confirmed;
  }

  async join(request: JoinRoomRequest): Promise<JoinRoomReply> {
    this.#request = request;
    const media = request.rtpCapabilities ? await this.#openTransports() : undefined;
    const others = [...this.#people];
    this.#people.add(this);
    setImmediate(() => void this.#receive(others.flatMap((other) => other.#offers())));
    return {
      room: { id: 'room', slug: request.room, name: request.room, access: 'open', locked: false, allowUnmute: true },
      self: this.#describe(),
      participants: others.map((other) => other.#describe()),
      activeSpeakers: [],
      messages: [],
      lastReadSequence: 0,
      lobby: [],
      resumeToken: this.#socket.id,
      resumed: false,
      media,
    };
  }

  async connect({ transportId, dtlsParameters }: ConnectTransportRequest): Promise<object> {
    const { send, recv } = this.#opened();
    await (send.id === transportId ? send : recv).connect({ dtlsParameters });
    return {};
  }

  async produce({ producers }: ProduceRequest): Promise<object> {
    const { send } = this.#opened();
    for (const { requestId, source, rtpParameters } of producers) {
      const kind = source === 'camera' || source === 'screen' ? 'video' : 'audio';
      const producer = await send.produce({ id: requestId, kind, rtpParameters, keyFrameRequestDelay: 310 });
      this.#producers.set(requestId, { producer, source });
    }
    for (const other of this.#people) if (other !== this) await other.#receive(this.#offers());
    return { producerIds: producers.map(({ requestId }) => requestId) };
  }

  async recvStats(): Promise<WebRtcTransportStat[]> {
    return (await this.#transports?.recv.getStats()) ?? [];
  }

  closeProducer({ producerId }: ProducerRequest): Promise<object> {
    this.#producers.get(producerId)?.producer.close();
    this.#producers.delete(producerId);
    return Promise.resolve({});
  }

  close(): void {
    this.#people.delete(this);
    this.#transports?.send.close();
    this.#transports?.recv.close();
  }

  async #openTransports(): Promise<PrepareMediaReply> {
    const open = (): Promise<WebRtcTransport> =>
      this.#router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }], enableSctp: true });
    const [send, recv] = await Promise.all([open(), open()]);
    this.#transports = { send, recv };
    return {
      routerRtpCapabilities: capabilitiesOf(this.#router),
      sendTransport: optionsOf(send),
      recvTransport: optionsOf(recv),
      iceServers: [],
    };
  }

  async #receive(offers: Omit<ConsumerOptions, 'id' | 'rtpParameters'>[]): Promise<void> {
    const { rtpCapabilities } = this.#request;
    if (!rtpCapabilities || !this.#transports) return;
    const { recv } = this.#transports;
    const consumers = await Promise.all(
      offers.map(async (offer) => {
        const consumer = await recv.consume({ producerId: offer.producerId, rtpCapabilities, paused: true });
        this.consumers.push(consumer);
        consumer.on('producerclose', () => this.#socket.emit('consumers_closed', { consumerIds: [consumer.id] }));
        return { consumer, options: { ...offer, id: consumer.id, rtpParameters: consumer.rtpParameters } };
      }),
    );
    if (consumers.length === 0) return;
    this.#socket.emit('consumers_opened', { consumers: consumers.map(({ options }) => options) }, () => {
      this.#confirmed();
      for (const { consumer } of consumers) void consumer.resume();
    });
  }

  #offers(): Omit<ConsumerOptions, 'id' | 'rtpParameters'>[] {
    return [...this.#producers].map(([producerId, { producer, source }]) => ({
      producerId,
      participantId: this.#socket.id,
      source,
      kind: producer.kind,
    }));
  }

  #describe(): Participant {
    const joinedAt = new Date().toISOString();
    const publications = this.#offers().map(({ producerId, source, kind }) => ({
      producerId,
      source,
      kind,
      paused: false,
    }));
    return {
      id: this.#socket.id,
      userId: this.#socket.id,
      displayName: 'Somebody',
      role: 'member',
      joinedAt,
      publications,
      pictureUrl: null,
      handRaisedAt: null,
      away: false,
    };
  }

  #opened(): { send: WebRtcTransport; recv: WebRtcTransport } {
    if (!this.#transports) throw new Error('There is no media.');
    return this.#transports;
  }
}

/** mediasoup and mediasoup-client type the same data with different sets of extension names. */
function capabilitiesOf({ rtpCapabilities }: Router): RtpCapabilities {
  return rtpCapabilities as RtpCapabilities;
}

function optionsOf({
  id,
  iceParameters,
  iceCandidates,
  dtlsParameters,
  sctpParameters,
}: WebRtcTransport): TransportOptions {
  if (!sctpParameters) throw new Error('SCTP is off.');
  return { id, iceParameters, iceCandidates, dtlsParameters, sctpParameters };
}
