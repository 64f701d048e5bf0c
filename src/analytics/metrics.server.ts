import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { AppConfig, ConfigError } from '../common/config/index.js';
import { VERSION } from '../common/version.js';
import { PresenceService } from '../presence/presence.service.js';

/** Prometheus metrics, on a port of their own: what they tell is not for everybody who can open the page. */
@Injectable()
export class MetricsServer implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(MetricsServer.name);
  private readonly registry = new Registry();
  private server: Server | undefined;

  constructor(
    private readonly config: AppConfig,
    presence: PresenceService,
  ) {
    const registers = [this.registry];
    new Gauge({
      name: 'minimeet_build_info',
      help: 'Always 1; the labels say what runs.',
      labelNames: ['version', 'node'],
      registers,
    }).set({ version: VERSION, node: process.versions.node }, 1);
    new Gauge({
      name: 'minimeet_rooms',
      help: 'Rooms with a call now.',
      registers,
      collect() {
        this.set(presence.roomCount);
      },
    });
    new Gauge({
      name: 'minimeet_participants',
      help: 'People in calls now.',
      registers,
      collect() {
        this.set(presence.totalParticipantCount);
      },
    });
  }

  /** @throws ConfigError when the port is taken. */
  async onModuleInit(): Promise<void> {
    collectDefaultMetrics({ register: this.registry });
    const { metricsPort, metricsHost } = this.config;
    const server = createServer((request, response) => {
      if (request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      this.registry.metrics().then(
        (text) => response.writeHead(200, { 'Content-Type': this.registry.contentType }).end(text),
        (error: unknown) => {
          this.logger.error('The metrics could not be collected.', String(error));
          response.writeHead(500).end();
        },
      );
    });
    this.server = server;
    try {
      await once(server.listen(metricsPort, metricsHost), 'listening');
    } catch (error) {
      const { message } = error as NodeJS.ErrnoException;
      throw new ConfigError(
        `METRICS_HOST and METRICS_PORT: cannot listen on ${metricsHost}:${metricsPort} (${message}).`,
      );
    }
  }

  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}
