import { JOIN_PHASES, type ParticipantId } from '@minimeet/protocol';
import type { EventBus } from '../../common/events/index.js';
import type { MetricRegistry } from './metric-registry.js';
import { ERROR_WORDS, LEAVE_REASONS, wordOf } from './words.js';

const KINDS = ['enter', 'resume', 'rebuild'] as const;

/** Defines the metrics of joins: their number and speed, and the reasons for leaving. */
export function defineJoins(metrics: MetricRegistry, events: EventBus): void {
  const attempts = metrics.counter({
    name: 'minimeet_join_attempts_total',
    help: 'Answered join_room requests: into a call, back into it after a lost connection, or for new media in it.',
    unit: 'requests',
    labels: { kind: KINDS, result: ['succeeded', 'failed'], reason: ['none', ...ERROR_WORDS] },
    advice:
      'Failed by internal, media_unavailable or database_unavailable: look at the log, the workers and the database. Other reasons are answers to what people did.',
  });
  for (const kind of KINDS) attempts.inc({ kind, result: 'succeeded', reason: 'none' }, 0);
  const seconds = metrics.histogram({
    name: 'minimeet_join_seconds',
    help: 'How long the server took to let somebody into a call, from the request to its answer.',
    unit: 'seconds',
    advice: 'Above 0.5: compare database latency, event-loop delay and worker ping; the slowest of them is the cause.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 10],
  });
  const phases = metrics.histogram({
    name: 'minimeet_join_phase_seconds',
    help: 'Parts of a join as clients report them, one after the other; total is from the click to the first picture of somebody else.',
    unit: 'seconds',
    labels: { phase: JOIN_PHASES },
    advice:
      'The longest phase names the cause: socket and ack are the server or the way to it, media is ICE and DTLS (ports, NAT), first_frame is key frames and bandwidth.',
    buckets: [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.5, 2, 3, 5, 10, 30],
  });
  const departures = metrics.counter({
    name: 'minimeet_departures_total',
    help: 'Stays in calls that ended.',
    unit: 'stays',
    labels: { reason: LEAVE_REASONS },
    advice: 'Many timed_out: people lose their connection for good; look at the proxy, its time-outs and the network.',
  });

  // The phases come once a stay; a client that repeats them is heard once.
  const reported = new Set<ParticipantId>();
  events.subscribe('join-attempted', ({ kind, failure, durationMs }) => {
    const result = failure === null ? 'succeeded' : 'failed';
    attempts.inc({ kind, result, reason: failure === null ? 'none' : wordOf(failure) });
    if (kind === 'enter' && failure === null) seconds.observe(durationMs / 1000);
  });
  events.subscribe('quality-reported', ({ participantId, report: { joinPhases } }) => {
    if (!joinPhases || reported.has(participantId)) return;
    reported.add(participantId);
    for (const phase of JOIN_PHASES) {
      const durationMs = joinPhases[phase];
      if (durationMs !== undefined) phases.observe({ phase }, durationMs / 1000);
    }
  });
  events.subscribe('participant-left', ({ participantId, reason }) => {
    reported.delete(participantId);
    departures.inc({ reason: wordOf(reason) });
  });
}
