import { EventBus } from '../../common/events/index.js';
import { Entrances } from './entrances.js';

const at = new Date();
const room = { id: 'here', slug: 'here', name: 'Here', access: 'open', locked: false, allowUnmute: true } as const;
const CHANGES: [string, (events: EventBus) => void][] = [
  [
    'removes a member',
    (events) => events.publish('member-removed', { roomId: 'here', userId: 'ann', reason: 'left', by: null, at }),
  ],
  [
    'gives another role',
    (events) => events.publish('member-role-changed', { roomId: 'here', userId: 'ann', role: 'host', by: null, at }),
  ],
  ['changes a setting', (events) => events.publish('room-updated', { room, previous: room, by: null, at })],
  ['deletes the room', (events) => events.publish('room-deleted', { roomId: 'here' })],
];

it.each(CHANGES)('somebody on the way in notices who %s, once', (_what, publish) => {
  const events = new EventBus();
  const entrances = new Entrances(events);
  publish(events);
  const entrance = entrances.open();
  expect(entrance.hasChanged('here')).toBe(false);
  publish(events);
  expect(entrance.hasChanged('elsewhere')).toBe(false);
  expect(entrance.hasChanged('here')).toBe(true);
  expect(entrance.hasChanged('here')).toBe(false);
  publish(events);
  expect(entrance.hasChanged('here')).toBe(true);
});

it('who is in, or has given up, is told no more', () => {
  const events = new EventBus();
  const entrance = new Entrances(events).open();
  entrance.close();
  events.publish('room-deleted', { roomId: 'here' });
  expect(entrance.hasChanged('here')).toBe(false);
});
