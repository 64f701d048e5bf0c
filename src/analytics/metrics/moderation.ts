import type { RoomId } from '@minimeet/protocol';
import type { EventBus } from '../../common/events/index.js';
import type { MetricRegistry } from './metric-registry.js';
import { MODERATION_ACTIONS, wordOf } from './words.js';

/** Defines the metrics of hosts' and moderators' acts, and of the people who wait for them. */
export function defineModeration(metrics: MetricRegistry, events: EventBus): void {
  const actions = metrics.counter({
    name: 'minimeet_moderation_actions_total',
    help: 'What was done to stays in calls, and hands; what concerns everybody in a call counts for each of them.',
    unit: 'actions',
    labels: { action: MODERATION_ACTIONS },
    advice: 'Many removed_by or banned_by: a room is being disturbed; its hosts can lock it or give it a lobby.',
  });
  const waiting = metrics.gauge({
    name: 'minimeet_lobby_waiting',
    help: 'People who wait now to be let into a room.',
    unit: 'people',
    advice: 'Grows and does not fall: nobody lets them in; rooms with a lobby need a host or a moderator in the call.',
  });

  const byRoom = new Map<RoomId, number>();
  events.subscribe('moderated', ({ action }) => actions.inc({ action: wordOf(action) }));
  events.subscribe('lobby-changed', (fact) => {
    if (fact.waiting > 0) byRoom.set(fact.roomId, fact.waiting);
    else byRoom.delete(fact.roomId);
    waiting.set([...byRoom.values()].reduce((sum, people) => sum + people, 0));
  });
}
