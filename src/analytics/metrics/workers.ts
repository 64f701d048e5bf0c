import { DIRECTIONS, WORKER_DEATH_CAUSES } from '@minimeet/protocol';
import type { MediaHost } from '../../websocket/media-host.js';
import type { Collected, Definition, MetricRegistry } from './metric-registry.js';
import { KINDS } from './words.js';

type Slot = ReturnType<MediaHost['status']>['slots'][number];

/** A metric, and how it is set at a scrape. */
interface Reading {
  metric: Collected;
  read(slots: readonly Slot[]): void;
}

/** A number of all slots together, by the values of one label. */
interface Total extends Omit<Definition<never>, 'labels'> {
  label: string;
  values: readonly string[];
  of: (slot: Slot) => Record<string, number>;
}

interface PerSlot extends Omit<Definition<never>, 'labels'> {
  /** `null` when it is not known: the series is missing then. */
  of: (slot: Slot) => number | null;
}

const SLOT = { slot: 'place of the worker, from 0; as many as MEDIA_WORKERS' };

const TOTALS: Total[] = [
  {
    name: 'minimeet_transports',
    help: 'WebRTC transports of people now.',
    unit: 'transports',
    label: 'direction',
    values: DIRECTIONS,
    advice: 'About one a direction and person in a call; more are prepared on the screen before it.',
    of: (slot) => slot.transports,
  },
  {
    name: 'minimeet_producers',
    help: 'Tracks that people publish now.',
    unit: 'tracks',
    label: 'kind',
    values: KINDS,
    advice: 'None while people are in calls: they cannot publish; look at failed joins and ICE.',
    of: (slot) => slot.producers,
  },
  {
    name: 'minimeet_consumers',
    help: 'Tracks that people receive now, paused ones included.',
    unit: 'tracks',
    label: 'kind',
    values: KINDS,
    advice: 'What the workers’ CPU goes with.',
    of: (slot) => slot.consumers,
  },
];

const GAUGES: PerSlot[] = [
  {
    name: 'minimeet_worker_up',
    help: '1 while the slot has a worker that takes rooms, else 0.',
    unit: 'bool',
    advice: '0 for longer than a moment: no worker can be started; see the log, and MEDIASOUP_WORKER_BIN.',
    of: (slot) => (slot.state === 'live' ? 1 : 0),
  },
  {
    name: 'minimeet_worker_cpu_ratio',
    help: 'Share of one core that the worker used lately, 0 to 1.',
    unit: 'ratio',
    advice: 'Above 0.8 it delays media: more workers (cores), or fewer people on this machine.',
    of: (slot) => slot.cpuRatio,
  },
  {
    name: 'minimeet_worker_memory_bytes',
    help: 'Resident memory of the worker.',
    unit: 'bytes',
    advice: 'Grows with transports and consumers and falls with them; one that only grows leaks.',
    of: (slot) => slot.memoryBytes,
  },
  {
    name: 'minimeet_worker_ping_seconds',
    help: 'Round trip of the watchdog’s latest request to the worker; longer while one is not answered.',
    unit: 'seconds',
    advice: 'Above 0.1: the worker is overloaded, or the machine swaps. One that hangs is killed and replaced.',
    of: (slot) => slot.pingSeconds,
  },
  {
    name: 'minimeet_worker_consumers',
    help: 'Tracks that people receive through the worker now.',
    unit: 'tracks',
    advice: 'Very uneven: one room dominates; CONSUMERS_PER_SLOT says from when on it spreads.',
    of: (slot) => slot.consumers.audio + slot.consumers.video,
  },
];

/** The media workers and what they hold, by what is known of them without asking. */
export function defineWorkers(metrics: MetricRegistry, media: Pick<MediaHost, 'status'>): void {
  const readings = [
    ...TOTALS.map((total) => defineTotal(metrics, total)),
    ...GAUGES.map((gauge) => definePerSlot(metrics, gauge)),
    defineDeaths(metrics),
    defineRequests(metrics),
  ];
  metrics.collect(
    readings.map(({ metric }) => metric),
    () => {
      const { slots } = media.status();
      for (const reading of readings) reading.read(slots);
    },
  );
}

function defineTotal(metrics: MetricRegistry, { label, values, of, ...definition }: Total): Reading {
  const metric = metrics.gauge<string>({ ...definition, labels: { [label]: values } });
  const read = (slots: readonly Slot[]): void => {
    for (const value of values)
      metric.set(
        { [label]: value },
        slots.reduce((total, slot) => total + (of(slot)[value] ?? 0), 0),
      );
  };
  return { metric, read };
}

function definePerSlot(metrics: MetricRegistry, { of, ...definition }: PerSlot): Reading {
  const metric = metrics.gauge({ ...definition, labels: SLOT });
  const read = (slots: readonly Slot[]): void => {
    for (const slot of slots) {
      const value = of(slot);
      if (value !== null) metric.set({ slot: String(slot.index) }, value);
    }
  };
  return { metric, read };
}

function defineDeaths(metrics: MetricRegistry): Reading {
  const metric = metrics.counter({
    name: 'minimeet_worker_deaths_total',
    help: 'Workers that had to be replaced: they ended by themselves, did not answer, or could not be started.',
    unit: 'workers',
    labels: { ...SLOT, cause: WORKER_DEATH_CAUSES },
    advice:
      'Any: its people lost media for a moment. Look into the log for the signal; crash with SIGKILL is often the kernel’s out-of-memory killer.',
  });
  const read = (slots: readonly Slot[]): void => {
    for (const { index, deaths } of slots)
      for (const cause of WORKER_DEATH_CAUSES) metric.inc({ slot: String(index), cause }, deaths[cause]);
  };
  return { metric, read };
}

function defineRequests(metrics: MetricRegistry): Reading {
  const metric = metrics.counter({
    name: 'minimeet_worker_requests_total',
    help: 'Requests that this process sent to the worker.',
    unit: 'requests',
    labels: SLOT,
    advice: 'Grows with people and what they do, never with scrapes.',
  });
  const read = (slots: readonly Slot[]): void => {
    for (const { index, workerRequests } of slots) metric.inc({ slot: String(index) }, workerRequests);
  };
  return { metric, read };
}
