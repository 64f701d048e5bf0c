import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig, ConfigError } from '../../common/config/index.js';
import { isSameSecret } from '../../common/tokens/index.js';
import { CONTENT_TYPES, formatFor } from './exposition.js';
import { Metrics } from './metrics.js';

/** Prometheus metrics, on a port of their own: they are not for everybody who can open the page. */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(MetricsServer.name);
  private readonly server: Server = createServer((request, response) => {
    this.answer(request, response).catch((error: unknown) => {
      this.logger.error('The metrics could not be collected.', error instanceof Error ? error.stack : String(error));
      response.writeHead(500).end();
    });
  });

  constructor(
    private readonly config: AppConfig,
    private readonly metrics: Metrics,
  ) {}

  /** `http://127.0.0.1:9464/metrics`: where it listens, also when any free port was asked for. */
  get url(): string {
    const { address, family, port } = this.server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/metrics`;
  }

  /** @throws ConfigError when the port is taken. */
  async onApplicationBootstrap(): Promise<void> {
    const { metricsPort, metricsHost } = this.config;
    try {
      await once(this.server.listen(metricsPort, metricsHost), 'listening');
    } catch (error) {
      const { message } = error as NodeJS.ErrnoException;
      throw new ConfigError(
        `METRICS_HOST and METRICS_PORT: cannot listen on ${metricsHost}:${metricsPort} (${message}).`,
      );
    }
  }

  onApplicationShutdown(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer({ url, method, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (url !== '/metrics') {
      response.writeHead(404).end();
    } else if (!this.isAllowed(headers.authorization)) {
      response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end();
    } else if (method !== 'GET' && method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    } else {
      const format = formatFor(headers.accept);
      const text = await this.metrics.expose(format);
      response.writeHead(200, { 'Content-Type': CONTENT_TYPES[format], Vary: 'Accept' }).end(text);
    }
  }

  /** RFC 6750: `Authorization: Bearer TOKEN`, when METRICS_TOKEN is set. */
  private isAllowed(authorization: string | undefined): boolean {
    const { metricsToken } = this.config;
    if (metricsToken === undefined) return true;
    const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    return given !== undefined && isSameSecret(given, metricsToken);
  }
}
