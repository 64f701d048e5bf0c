import { CONSUMER_FAILURES, type Direction, DIRECTIONS, type KindSample, type MediaKind } from '@minimeet/protocol';
import type { Counter, Histogram } from 'prom-client';
import type { EventBus } from '../../common/events/index.js';
import { mosOf } from '../../common/quality/index.js';
import type { MetricRegistry } from './metric-registry.js';
import { KINDS } from './words.js';

const LABELS = { direction: DIRECTIONS, kind: KINDS };
/** A person receives many streams, and each sample looks at some of them. */
const SAMPLED = 'up: from people to the server; down: from the server to people, of the streams that were sampled';

interface KindMetrics {
  packets: Counter<'direction' | 'kind'>;
  packetsLost: Counter<'direction' | 'kind'>;
  feedback: Counter<'direction' | 'type'>;
  lossRatio: Histogram<'direction' | 'kind'>;
  jitter: Histogram<'direction' | 'kind'>;
  roundTrip: Histogram<'direction' | 'kind'>;
  score: Histogram<'direction'>;
}

/** Defines the metrics of media. Each person is sampled about every ten seconds, whether anybody scrapes or not. */
export function defineMedia(metrics: MetricRegistry, events: EventBus): void {
  const kindMetrics = defineKindMetrics(metrics);
  const bytes = metrics.counter({
    name: 'minimeet_media_bytes_total',
    help: 'Bytes of RTP that passed between people and the server, all kinds.',
    unit: 'bytes',
    labels: { direction: DIRECTIONS },
    advice: 'The traffic that you pay for; compare with what the network card carries.',
  });
  const consumerFailures = metrics.counter({
    name: 'minimeet_consumer_failures_total',
    help: 'Tries to send a track to a person that failed: their device cannot take it, or no worker could do it then.',
    unit: 'tries',
    labels: { failure: CONSUMER_FAILURES },
    advice:
      'unavailable beyond the moment in which a worker died: a worker that cannot open sockets or does not answer; the log has the third failure of each track in a row. refused: a client that offers what it cannot decode.',
  });
  const switches = metrics.counter({
    name: 'minimeet_layer_switches_total',
    help: 'Receivers that got another simulcast layer than before.',
    unit: 'switches',
    labels: { to: ['higher', 'lower'] },
    advice: 'Many to lower while nobody resizes: people lack bandwidth, or a worker is overloaded.',
  });
  const freezes = metrics.counter({
    name: 'minimeet_freezes_total',
    help: 'How often a picture stood still that should have moved, as clients report it.',
    unit: 'freezes',
    advice: 'With loss: the network. Without: key frames come late or the devices are too slow.',
  });
  const frozen = metrics.counter({
    name: 'minimeet_frozen_seconds_total',
    help: 'How long people saw pictures stand still, each person their average picture, as clients report it.',
    unit: 'seconds',
    advice: 'Divide by minimeet_participants to compare days; as for minimeet_freezes_total.',
  });

  events.subscribe('media-sampled', (sample) => {
    bytes.inc({ direction: sample.direction }, sample.bytes);
    for (const kind of KINDS) {
      const kindSample = sample.kinds[kind];
      if (kindSample) count(kindMetrics, sample.direction, kind, kindSample);
    }
  });
  events.subscribe('consumer-failed', ({ failure }) => consumerFailures.inc({ failure }));
  events.subscribe('layer-switched', ({ to }) => switches.inc({ to }));
  events.subscribe('quality-reported', ({ report }) => {
    freezes.inc(report.freezes ?? 0);
    frozen.inc((report.frozenMs ?? 0) / 1000);
  });
}

function count(metrics: KindMetrics, direction: Direction, kind: MediaKind, sample: KindSample): void {
  const labels = { direction, kind };
  metrics.packets.inc(labels, sample.packets);
  metrics.packetsLost.inc(labels, Math.max(0, sample.packetsLost));
  metrics.feedback.inc({ direction, type: 'nack' }, sample.nacks);
  metrics.feedback.inc({ direction, type: 'pli' }, sample.plis);
  metrics.feedback.inc({ direction, type: 'fir' }, sample.firs);
  if (sample.lossRatio !== null) metrics.lossRatio.observe(labels, sample.lossRatio);
  if (sample.jitterMs !== null) metrics.jitter.observe(labels, sample.jitterMs / 1000);
  if (sample.roundTripTimeMs !== null) metrics.roundTrip.observe(labels, sample.roundTripTimeMs / 1000);
  // Without its loss a score would be a guess that looks good.
  if (kind === 'audio' && sample.lossRatio !== null) metrics.score.observe({ direction }, mosOf(sample));
}

function defineKindMetrics(metrics: MetricRegistry): KindMetrics {
  return {
    packets: metrics.counter({
      name: 'minimeet_media_packets_total',
      help: `RTP packets (${SAMPLED}).`,
      unit: 'packets',
      labels: LABELS,
      advice: 'Falls to nothing while people are in calls: media does not flow; look at ICE and the workers.',
    }),
    packetsLost: metrics.counter({
      name: 'minimeet_media_packets_lost_total',
      help: `RTP packets that were lost (${SAMPLED}).`,
      unit: 'packets',
      labels: LABELS,
      advice: 'As for minimeet_media_loss_ratio, which says how many people are concerned.',
    }),
    feedback: metrics.counter({
      name: 'minimeet_media_feedback_total',
      help: 'Requests by RTCP: lost packets again (NACK, RFC 4585), a key frame (PLI, RFC 4585; FIR, RFC 5104). up: asked by the server.',
      unit: 'requests',
      labels: { type: ['nack', 'pli', 'fir'], direction: DIRECTIONS },
      advice:
        'nack grows with loss; pli with joins, layer switches and loss. A rise without any of them: a client that cannot decode.',
    }),
    lossRatio: metrics.histogram({
      name: 'minimeet_media_loss_ratio',
      help: 'Share of packets lost, 0 to 1, each observation a person and about ten seconds.',
      unit: 'ratio',
      labels: LABELS,
      advice:
        'Above 0.05 for one person: their network. For many, up and down: the uplink of the server, its socket buffers or a worker at its limit.',
      buckets: [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
    }),
    jitter: metrics.histogram({
      name: 'minimeet_media_jitter_seconds',
      help: 'How unevenly packets arrive (RFC 3550, section 6.4.1), each observation a person and about ten seconds.',
      unit: 'seconds',
      labels: LABELS,
      advice: 'Above 0.03 for many: a worker or the machine is overloaded, or a link is full.',
      buckets: [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5],
    }),
    roundTrip: metrics.histogram({
      name: 'minimeet_media_round_trip_seconds',
      help: 'From the server to a person and back, by RTCP, each observation a person and about ten seconds.',
      unit: 'seconds',
      labels: LABELS,
      advice: 'Above 0.3: people are far away, or behind full queues; a server nearer to them helps.',
      buckets: [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2],
    }),
    score: metrics.histogram({
      name: 'minimeet_audio_score',
      help: 'Mean opinion score of the voice, 1 to 4.5, estimated by the E-model (ITU-T G.107), each observation a person and about ten seconds.',
      unit: 'score',
      labels: { direction: DIRECTIONS },
      advice: 'Below 3.6 people complain, below 3.1 they give up; loss, jitter and round trip say why.',
      buckets: [1.5, 2, 2.6, 3.1, 3.6, 4, 4.2, 4.3, 4.4, 4.5],
    }),
  };
}
