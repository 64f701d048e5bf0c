import { DIRECTIONS } from '@minimeet/protocol';
import type { MediaHost } from '../../websocket/media-host.js';
import type { MetricRegistry } from './metric-registry.js';
import { KINDS } from './words.js';

const SLOT = { slot: 'place of the worker, from 0; as many as MEDIA_WORKERS' };
const CAUSES = ['crash', 'hang', 'start'] as const;

/** The media workers and what they hold, by what is known of them without asking. */
export function defineWorkers(metrics: MetricRegistry, media: Pick<MediaHost, 'status'>): void {
  const transports = metrics.gauge({
    name: 'minimeet_transports',
    help: 'WebRTC transports of people now.',
    unit: 'transports',
    labels: { direction: DIRECTIONS },
    advice: 'About one a direction and person in a call; more are prepared on the screen before it.',
  });
  const producers = metrics.gauge({
    name: 'minimeet_producers',
    help: 'Tracks that people publish now.',
    unit: 'tracks',
    labels: { kind: KINDS },
    advice: 'None while people are in calls: they cannot publish; look at failed joins and ICE.',
  });
  const consumers = metrics.gauge({
    name: 'minimeet_consumers',
    help: 'Tracks that people receive now, paused ones included.',
    unit: 'tracks',
    labels: { kind: KINDS },
    advice: 'What the workers’ CPU goes with.',
  });
  const up = metrics.gauge({
    name: 'minimeet_worker_up',
    help: '1 while the slot has a worker that takes rooms, else 0.',
    unit: 'bool',
    labels: SLOT,
    advice: '0 for longer than a moment: no worker can be started; see the log, and MEDIASOUP_WORKER_BIN.',
  });
  const cpu = metrics.gauge({
    name: 'minimeet_worker_cpu_ratio',
    help: 'Share of one core that the worker used lately, 0 to 1.',
    unit: 'ratio',
    labels: SLOT,
    advice: 'Above 0.8 it delays media: more workers (cores), or fewer people on this machine.',
  });
  const memory = metrics.gauge({
    name: 'minimeet_worker_memory_bytes',
    help: 'Resident memory of the worker.',
    unit: 'bytes',
    labels: SLOT,
    advice: 'Grows with transports and consumers and falls with them; one that only grows leaks.',
  });
  const ping = metrics.gauge({
    name: 'minimeet_worker_ping_seconds',
    help: 'Round trip of the watchdog’s latest request to the worker; longer while one is not answered.',
    unit: 'seconds',
    labels: SLOT,
    advice: 'Above 0.1: the worker is overloaded, or the machine swaps. One that hangs is killed and replaced.',
  });
  const slotConsumers = metrics.gauge({
    name: 'minimeet_worker_consumers',
    help: 'Tracks that people receive through the worker now.',
    unit: 'tracks',
    labels: SLOT,
    advice: 'Very uneven: one room dominates; CONSUMERS_PER_SLOT says from when on it spreads.',
  });
  const deaths = metrics.counter({
    name: 'minimeet_worker_deaths_total',
    help: 'Workers that had to be replaced: they ended by themselves, did not answer, or could not be started.',
    unit: 'workers',
    labels: { ...SLOT, cause: CAUSES },
    advice:
      'Any: its people lost media for a moment. Look into the log for the signal; crash with SIGKILL is often the kernel’s out-of-memory killer.',
  });
  const requests = metrics.counter({
    name: 'minimeet_worker_requests_total',
    help: 'Requests that this process sent to the worker.',
    unit: 'requests',
    labels: SLOT,
    advice: 'Grows with people and what they do, never with scrapes.',
  });

  const bySlot = [up, cpu, memory, ping, slotConsumers, deaths, requests];
  metrics.collect([transports, producers, consumers, ...bySlot], () => {
    const { slots } = media.status();
    for (const direction of DIRECTIONS)
      transports.set(
        { direction },
        sum(slots, (slot) => slot.transports[direction]),
      );
    for (const kind of KINDS) {
      producers.set(
        { kind },
        sum(slots, (slot) => slot.producers[kind]),
      );
      consumers.set(
        { kind },
        sum(slots, (slot) => slot.consumersByKind[kind]),
      );
    }
    for (const status of slots) {
      const slot = String(status.index);
      up.set({ slot }, status.state === 'live' ? 1 : 0);
      cpu.set({ slot }, status.cpuRatio);
      if (status.memoryBytes !== null) memory.set({ slot }, status.memoryBytes);
      if (status.pingSeconds !== null) ping.set({ slot }, status.pingSeconds);
      slotConsumers.set({ slot }, status.consumers);
      requests.inc({ slot }, status.workerRequests);
      for (const cause of CAUSES) deaths.inc({ slot, cause }, status.deaths[cause]);
    }
  });
}

function sum<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}
