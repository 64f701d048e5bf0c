import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Address {
  host: string;
  port: number;
}

/**
 * A longer way to a server on this machine, in user space: TCP connections and UDP flows take `roundTripMs` more, half
 * of it each way. A flow keeps the delay that was set when it began.
 */
export class DelayProxy {
  roundTripMs = 0;
  private readonly sockets = new Set<Socket>();
  private readonly flows = new Map<string, UdpSocket>();

  private constructor(
    private readonly tcp: Server,
    private readonly udp: UdpSocket[],
  ) {}

  /** @param media pairs of where media is received and where the server has it. */
  static async start(http: Address, media: { from: Address; to: Address }[]): Promise<DelayProxy> {
    const tcp = createServer();
    const proxy = new DelayProxy(tcp, []);
    tcp.on('connection', (client) => proxy.relayTcp(client, http));
    tcp.listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    for (const { from, to } of media) {
      const socket = createSocket('udp4');
      socket.on('message', (packet, sender) => proxy.relayUdp(socket, packet, sender, to));
      socket.bind(from.port, from.host);
      await once(socket, 'listening');
      proxy.udp.push(socket);
    }
    return proxy;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.tcp.address() as AddressInfo).port}`;
  }

  close(): void {
    this.tcp.close();
    for (const socket of this.sockets) socket.destroy();
    for (const socket of [...this.udp, ...this.flows.values()]) socket.close();
  }

  private relayTcp(client: Socket, to: Address): void {
    const oneWayMs = this.roundTripMs / 2;
    const server = connect({ ...to, noDelay: true });
    client.setNoDelay(true);
    for (const [from, onto] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (data) => later(oneWayMs, () => onto.writable && onto.write(data)));
      from.on('end', () => later(oneWayMs, () => onto.end()));
      from.on('error', () => onto.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        later(oneWayMs, () => onto.destroy());
      });
    }
  }

  private relayUdp(listener: UdpSocket, packet: Buffer, sender: RemoteInfo, to: Address): void {
    const key = `${sender.address}:${sender.port} ${to.port}`;
    const flow = this.flows.get(key) ?? this.openFlow(key, listener, sender);
    later(this.delays.get(flow) ?? 0, () => flow.send(packet, to.port, to.host, ignore));
  }

  private readonly delays = new WeakMap<UdpSocket, number>();

  private openFlow(key: string, listener: UdpSocket, client: RemoteInfo): UdpSocket {
    const flow = createSocket('udp4');
    const oneWayMs = this.roundTripMs / 2;
    this.delays.set(flow, oneWayMs);
    this.flows.set(key, flow);
    flow.on('message', (packet) => later(oneWayMs, () => listener.send(packet, client.port, client.address, ignore)));
    return flow;
  }
}

/** In order, as timers of one length fire; at once without a delay. */
function later(delayMs: number, work: () => void): void {
  if (delayMs > 0) setTimeout(work, delayMs);
  else work();
}

/** Closed sockets lose packets, as networks do. */
function ignore(): void {
  // Nothing waits for it.
}
