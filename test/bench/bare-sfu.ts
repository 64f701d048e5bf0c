import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { ConnectTransportRequest, JoinRoomRequest, ProduceRequest } from '@minimeet/protocol';
import { createWorker, type types } from 'mediasoup';
import { Server, type Socket } from 'socket.io';
import { cpuSecondsOf } from './server-process.js';

const MEDIA_CODECS: types.RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48000, channels: 2 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90000 },
];

/** As the product's: with mediasoup's default the worker probes for more, and those packets arrive nowhere. */
const initialAvailableOutgoingBitrate = 1_500_000;

type Reply = (ack: { ok: true; data: object }) => void;

/**
 * The baseline: one mediasoup worker and the least signalling that makes it forward everything to everybody. No
 * selection, no observers, no limits. The room "subscribe" gets every producer; the room "publish" gets nothing.
 */
export class BareSfu {
  private readonly producers = new Map<string, types.Producer>();
  private readonly subscribers = new Map<Socket, types.WebRtcTransport>();
  private stopped = false;

  private constructor(
    private readonly worker: types.Worker,
    private readonly router: types.Router,
    private readonly webRtcServer: types.WebRtcServer,
    private readonly io: Server,
    readonly origin: string,
  ) {
    io.on('connection', (socket) => this.welcome(socket));
  }

  static async start(): Promise<BareSfu> {
    const workerBin = process.env['MEDIASOUP_WORKER_BIN'];
    const worker = await createWorker(workerBin ? { workerBin } : {});
    const router = await worker.createRouter({ mediaCodecs: MEDIA_CODECS });
    const listenInfos = [{ protocol: 'udp' as const, ip: '127.0.0.1' }];
    const webRtcServer = await worker.createWebRtcServer({ listenInfos });
    const http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    return new BareSfu(worker, router, webRtcServer, new Server(http), origin);
  }

  /** CPU that the worker alone has used, in seconds. */
  cpuSeconds(): Promise<number> {
    return cpuSecondsOf(this.worker.pid);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.io.close();
    this.worker.close();
  }

  private welcome(socket: Socket): void {
    const transports = new Map<string, types.WebRtcTransport>();
    socket.on(
      'join_room',
      (request: JoinRoomRequest, reply: Reply) =>
        void this.join(socket, transports, request, reply).catch((error: unknown) => this.failed(error)),
    );
    socket.on('connect_transport', (request: ConnectTransportRequest, reply: Reply) => {
      void transports
        .get(request.transportId)
        ?.connect({ dtlsParameters: request.dtlsParameters })
        .then(() => reply({ ok: true, data: {} }));
    });
    socket.on(
      'produce',
      (request: ProduceRequest, reply: Reply) =>
        void this.produce(transports, request, reply).catch((error: unknown) => this.failed(error)),
    );
    socket.on('leave_room', (_request: object, reply: Reply) => reply({ ok: true, data: {} }));
    socket.on('disconnect', () => {
      this.subscribers.delete(socket);
      for (const transport of transports.values()) transport.close();
    });
    socket.emit('welcome', {
      protocolVersion: '1.0',
      routerRtpCapabilities: this.router.rtpCapabilities,
      iceServers: [],
    });
  }

  /** A failure after the measurement, or after its people left, concerns nobody. */
  private failed(error: unknown): void {
    if (!this.stopped) console.error('  bare worker:', error instanceof Error ? error.message : error);
  }

  private async join(
    socket: Socket,
    transports: Map<string, types.WebRtcTransport>,
    { room }: JoinRoomRequest,
    reply: Reply,
  ): Promise<void> {
    const make = (): Promise<types.WebRtcTransport> =>
      this.router.createWebRtcTransport({
        webRtcServer: this.webRtcServer,
        enableSctp: true,
        initialAvailableOutgoingBitrate,
      });
    const [sendTransport, recvTransport] = await Promise.all([make(), make()]);
    for (const transport of [sendTransport, recvTransport]) transports.set(transport.id, transport);
    if (room === 'subscribe') this.subscribers.set(socket, recvTransport);
    const self = {
      id: randomUUID(),
      userId: randomUUID(),
      displayName: 'x',
      role: 'member',
      joinedAt: '',
      publications: [],
    };
    const media = {
      routerRtpCapabilities: this.router.rtpCapabilities,
      sendTransport: describe(sendTransport),
      recvTransport: describe(recvTransport),
      iceServers: [],
    };
    reply({ ok: true, data: { self, participants: [], messages: [], media } });
    for (const producer of this.producers.values())
      if (room === 'subscribe') await this.consume(socket, recvTransport, producer);
  }

  private async produce(
    transports: Map<string, types.WebRtcTransport>,
    { producers }: ProduceRequest,
    reply: Reply,
  ): Promise<void> {
    const transport = transports.values().next().value;
    if (!transport) return;
    for (const { requestId, source, rtpParameters } of producers) {
      const kind = source === 'microphone' ? 'audio' : 'video';
      const producer = await transport.produce({
        id: requestId,
        kind,
        rtpParameters: rtpParameters,
      });
      this.producers.set(producer.id, producer);
      producer.observer.on('close', () => this.producers.delete(producer.id));
      for (const [socket, recvTransport] of this.subscribers) await this.consume(socket, recvTransport, producer);
    }
    reply({ ok: true, data: { producerIds: producers.map(({ requestId }) => requestId) } });
  }

  private async consume(socket: Socket, transport: types.WebRtcTransport, producer: types.Producer): Promise<void> {
    const { rtpCapabilities } = this.router;
    const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities });
    consumer.observer.on('close', () => socket.emit('consumers_closed', { consumerIds: [consumer.id] }));
    const { id, kind, rtpParameters } = consumer;
    const consumers = [
      { id, producerId: producer.id, participantId: randomUUID(), source: 'camera', kind, rtpParameters },
    ];
    socket.emit('consumers_opened', { consumers }, () => undefined);
  }
}

function describe({ id, iceParameters, iceCandidates, dtlsParameters, sctpParameters }: types.WebRtcTransport): object {
  return { id, iceParameters, iceCandidates, dtlsParameters, sctpParameters };
}
