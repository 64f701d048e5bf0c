import type { ConsumerId, ProducerId } from '@minimeet/protocol';

/** One producer that should flow to a person now. */
export interface Wanted {
  producerId: ProducerId;
  /** For video: the largest spatial layer that its tile can show. */
  spatialLayer?: number;
}

/** One consumer that a person has. */
export interface Held {
  consumerId: ConsumerId;
  producerId: ProducerId;
  kind: 'audio' | 'video';
  /** By this plan; whether its publisher paused does not matter here. */
  paused: boolean;
  spatialLayer?: number;
  /** Counts up with every time that anything was wanted: the smallest was off screen the longest. */
  lastWanted: number;
}

/** The steps that make the flowing tracks equal to the wanted ones. */
export interface ViewPlan {
  open: Wanted[];
  resume: ConsumerId[];
  pause: ConsumerId[];
  close: ConsumerId[];
  layers: { consumerId: ConsumerId; spatialLayer: number }[];
}

/** Paused consumers that are kept for a quick return: no signalling when they are wanted again. */
const KEPT = { audio: 12, video: 8 } as const;

/**
 * Compares what is wanted with what is held. Pure; the executor is `Subscriptions`.
 *
 * @param opening producers whose consumer is being made.
 * @param limit consumers of one person, paused ones included.
 */
export function planView(
  wanted: readonly Wanted[],
  held: readonly Held[],
  opening: ReadonlySet<ProducerId>,
  limit: number,
): ViewPlan {
  const plan: ViewPlan = { open: [], resume: [], pause: [], close: [], layers: [] };
  const heldByProducer = new Map(held.map((consumer) => [consumer.producerId, consumer]));
  const wantedIds = new Set(wanted.map(({ producerId }) => producerId));

  for (const want of wanted) {
    const consumer = heldByProducer.get(want.producerId);
    if (!consumer) {
      if (!opening.has(want.producerId)) {
        plan.open.push(want);
      }
      continue;
    }
    if (consumer.paused) {
      plan.resume.push(consumer.consumerId);
    }
    if (want.spatialLayer !== undefined && want.spatialLayer !== consumer.spatialLayer) {
      plan.layers.push({ consumerId: consumer.consumerId, spatialLayer: want.spatialLayer });
    }
  }

  const unwanted = held.filter(({ producerId }) => !wantedIds.has(producerId));
  unwanted.sort((a, b) => b.lastWanted - a.lastWanted);
  const kept = { audio: 0, video: 0 };
  for (const consumer of unwanted) {
    kept[consumer.kind] += 1;
    if (kept[consumer.kind] > KEPT[consumer.kind]) {
      plan.close.push(consumer.consumerId);
    } else if (!consumer.paused) {
      plan.pause.push(consumer.consumerId);
    }
  }
  plan.open.splice(Math.max(0, limit - (held.length - plan.close.length) - opening.size));
  return plan;
}
