import type { MetricRegistry } from './metric-registry.js';
import { MAX_RANK, type WorstRooms } from './worst-rooms.js';

const RANK = { rank: Array.from({ length: MAX_RANK }, (_, index) => String(index + 1)) };

/** The ten worst calls by rank; which rooms they are is told by `GET /api/analytics/worst-rooms`, to administrators. */
export function defineWorstRooms(metrics: MetricRegistry, worstRooms: Pick<WorstRooms, 'list'>): void {
  const score = metrics.gauge({
    name: 'minimeet_worst_room_score',
    help: 'Mean opinion score, 1 to 4.5 (ITU-T G.107), of the worst calls over the last 30 seconds; rank 1 is the worst.',
    unit: 'score',
    labels: RANK,
    advice:
      'Rank 1 low alone: one room has trouble; GET /api/analytics/worst-rooms names it. All low: the server or its network.',
  });
  const lossRatio = metrics.gauge({
    name: 'minimeet_worst_room_loss_ratio',
    help: 'Share of packets lost in the call of that rank, 0 to 1.',
    unit: 'ratio',
    labels: RANK,
    advice: 'As for minimeet_media_loss_ratio, in one room.',
  });
  const participants = metrics.gauge({
    name: 'minimeet_worst_room_participants',
    help: 'People in the call of that rank.',
    unit: 'people',
    labels: RANK,
    advice: 'How many are concerned.',
  });
  metrics.collect([score, lossRatio, participants], () => {
    for (const room of worstRooms.list()) {
      const rank = String(room.rank);
      score.set({ rank }, room.score);
      lossRatio.set({ rank }, room.lossRatio);
      participants.set({ rank }, room.participants);
    }
  });
}
