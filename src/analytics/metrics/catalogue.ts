import type { EventBus } from '../../common/events/index.js';
import type { MediaHost } from '../../websocket/media-host.js';
import { defineConnections } from './connections.js';
import { defineJoins } from './joins.js';
import { defineMedia } from './media.js';
import { MetricRegistry } from './metric-registry.js';
import { defineModeration } from './moderation.js';
import { defineRequests } from './requests.js';
import { defineServerState, type ServerStateSources } from './server-state.js';
import { defineWorkers } from './workers.js';
import { defineWorstRooms } from './worst-room-metrics.js';
import type { WorstRooms } from './worst-rooms.js';

/** The sources of the metrics, besides events. */
export interface MetricSources extends ServerStateSources {
  media: Pick<MediaHost, 'status'>;
  worstRooms: Pick<WorstRooms, 'list'>;
}

/** Every metric of MiniMeet. Sources are read at scrapes only. */
export function defineMetrics(events: EventBus, sources: MetricSources): MetricRegistry {
  const metrics = new MetricRegistry();
  defineServerState(metrics, sources);
  defineJoins(metrics, events);
  defineConnections(metrics, events);
  defineModeration(metrics, events);
  defineMedia(metrics, events);
  defineWorstRooms(metrics, sources.worstRooms);
  defineWorkers(metrics, sources.media);
  defineRequests(metrics, events);
  return metrics;
}
