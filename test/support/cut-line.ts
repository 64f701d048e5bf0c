import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server that can be cut: a TCP proxy on a port of its own. */
export class CutLine {
  readonly origin: string;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    to: URL,
  ) {
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (near) => {
      const far = createConnection(Number(to.port), to.hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(socket);
        socket.pipe(other);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          this.sockets.delete(socket);
          other.destroy();
        });
      }
    });
  }

  static async to(origin: string): Promise<CutLine> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new CutLine(server, new URL(origin));
  }

  /** Ends all connections of now; new ones work. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Nothing comes through the connections of now any more, and neither end is told. */
  freeze(): void {
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  /** Ends all connections, and refuses new ones until it is `mended`. */
  break(): void {
    this.close();
  }

  /** On the same port as before. */
  async mended(): Promise<void> {
    const { port, hostname } = new URL(this.origin);
    await new Promise<void>((resolve) => this.server.listen(Number(port), hostname, resolve));
  }

  close(): void {
    this.server.close();
    this.cut();
  }
}
