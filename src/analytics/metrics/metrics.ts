import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { collectDefaultMetrics } from 'prom-client';
import { AppConfig } from '../../common/config/index.js';
import { EventBus } from '../../common/events/index.js';
import { PresenceService } from '../../presence/presence.service.js';
import { MediaHost } from '../../websocket/media-host.js';
import { SocketSessions } from '../../websocket/socket-sessions.js';
import { defineMetrics } from './catalogue.js';
import { DiskSpace } from './disk-space.js';
import { EventLoopDelay } from './event-loop-delay.js';
import { expose, type ExpositionFormat } from './exposition.js';
import type { MetricRegistry } from './metric-registry.js';
import { WorstRooms } from './worst-rooms.js';

/** Gauges of prom-client that have the counters' ending; their sums by type are in others of it. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/**
 * All metrics of this server. A scrape asks no worker and no database; a failing collector hides only its own metrics.
 */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  private readonly logger = new Logger(Metrics.name);
  private readonly eventLoop = new EventLoopDelay();
  private readonly disk: DiskSpace;
  private readonly metrics: MetricRegistry;

  constructor(
    config: AppConfig,
    events: EventBus,
    presence: PresenceService,
    media: MediaHost,
    sockets: SocketSessions,
    worstRooms: WorstRooms,
  ) {
    this.disk = new DiskSpace(config.dataDir);
    const { eventLoop, disk } = this;
    this.metrics = defineMetrics(events, { presence, media, sockets, worstRooms, eventLoop, disk });
    collectDefaultMetrics({ register: this.metrics.registry });
    for (const name of MISNAMED) this.metrics.registry.removeSingleMetric(name);
  }

  async expose(format: ExpositionFormat): Promise<string> {
    const families = await this.metrics.read((names, error) => {
      this.logger.warn(`Missing in a scrape: ${names.join(', ')}. ${String(error)}`);
    });
    return expose(families, format);
  }

  onApplicationShutdown(): void {
    this.eventLoop.stop();
    this.disk.stop();
  }
}
