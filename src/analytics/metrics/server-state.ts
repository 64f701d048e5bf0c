import { VERSION } from '../../common/version.js';
import type { PresenceService } from '../../presence/presence.service.js';
import type { SocketSessions } from '../../websocket/socket-sessions.js';
import type { DiskSpace } from './disk-space.js';
import { type EventLoopDelay, QUANTILES } from './event-loop-delay.js';
import type { MetricRegistry } from './metric-registry.js';

export interface ServerStateSources {
  presence: Pick<PresenceService, 'roomCount' | 'totalParticipantCount'>;
  sockets: Pick<SocketSessions, 'status'>;
  eventLoop: Pick<EventLoopDelay, 'seconds'>;
  disk: Pick<DiskSpace, 'latest'>;
}

/** Defines the metrics of the present state: people, connections, and the resources left to this process. */
export function defineServerState(metrics: MetricRegistry, sources: ServerStateSources): void {
  metrics
    .gauge({
      name: 'minimeet_build_info',
      help: 'Always 1; the labels say what runs.',
      unit: 'bool',
      labels: { version: 'of MiniMeet', node: 'version of Node.js' },
      advice: 'Compare after an update.',
    })
    .set({ version: VERSION, node: process.versions.node }, 1);
  definePeople(metrics, sources);
  defineSockets(metrics, sources);
  defineProcess(metrics, sources);
}

function definePeople(metrics: MetricRegistry, { presence }: ServerStateSources): void {
  const rooms = metrics.gauge({
    name: 'minimeet_rooms',
    help: 'Rooms with a call now.',
    unit: 'rooms',
    advice: 'How much the server is used; with minimeet_participants, how large calls are.',
  });
  const participants = metrics.gauge({
    name: 'minimeet_participants',
    help: 'People in calls now.',
    unit: 'people',
    advice: 'How much the server is used. A sudden fall: look at departures and worker deaths.',
  });
  metrics.collect([rooms, participants], () => {
    rooms.set(presence.roomCount);
    participants.set(presence.totalParticipantCount);
  });
}

function defineSockets(metrics: MetricRegistry, { sockets: source }: ServerStateSources): void {
  const sockets = metrics.gauge({
    name: 'minimeet_sockets',
    help: 'Socket.IO connections now.',
    unit: 'connections',
    advice: 'Far more than people in calls: pages that wait, or a client that does not close.',
  });
  const waiting = metrics.gauge({
    name: 'minimeet_socket_waiting_messages',
    help: 'Messages that connections have not taken yet, of all of them.',
    unit: 'messages',
    advice: 'Grows on all at once: the server or its network is too slow. On one: see the largest.',
  });
  const waitingMax = metrics.gauge({
    name: 'minimeet_socket_waiting_messages_max',
    help: 'Messages that the slowest connection has not taken yet.',
    unit: 'messages',
    advice: 'A client that does not read; it is closed at 2000.',
  });
  const draining = metrics.gauge({
    name: 'minimeet_draining',
    help: '1 while the server shuts down and lets nobody in, else 0.',
    unit: 'bool',
    advice: '1 for minutes: the process does not end; see the log.',
  });
  metrics.collect([sockets, waiting, waitingMax, draining], () => {
    const status = source.status();
    sockets.set(status.sockets);
    waiting.set(status.waitingMessages);
    waitingMax.set(status.maxWaitingMessages);
    draining.set(status.draining ? 1 : 0);
  });
}

function defineProcess(metrics: MetricRegistry, { eventLoop, disk }: ServerStateSources): void {
  const delay = metrics.quantiles({
    name: 'minimeet_event_loop_delay_seconds',
    help: 'How late this process’ timers were in the last 10 seconds, whoever scrapes meanwhile; quantile 1 is the worst.',
    unit: 'seconds',
    labels: { quantile: QUANTILES },
    advice:
      'Quantile 0.99 above 0.1: this process is overloaded; everything that it signals comes late. Media flows on.',
  });
  metrics.collect([delay], () => {
    const seconds = eventLoop.seconds();
    for (const quantile of QUANTILES) delay.set({ quantile }, seconds[quantile]);
  });
  const free = metrics.gauge({
    name: 'minimeet_disk_free_bytes',
    help: 'What this process may still write to the file system of DATA_DIR.',
    unit: 'bytes',
    advice: 'Below a tenth of the size: make room, or chat and history will fail.',
  });
  const size = metrics.gauge({
    name: 'minimeet_disk_size_bytes',
    help: 'Size of the file system of DATA_DIR.',
    unit: 'bytes',
    advice: 'For comparison with what is free.',
  });
  metrics.collect([free, size], () => {
    const space = disk.latest();
    free.set(space.freeBytes);
    size.set(space.sizeBytes);
  });
}
