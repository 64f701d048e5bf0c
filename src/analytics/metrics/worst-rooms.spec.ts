import { jest } from '@jest/globals';
import { EventBus, type MediaSampleFacts } from '../../common/events/index.js';
import { mosOf } from '../../common/quality/index.js';
import { PresenceService } from '../../presence/presence.service.js';
import { WorstRooms } from './worst-rooms.js';

let events: EventBus;
let worst: WorstRooms;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  events = new EventBus();
  worst = new WorstRooms(events, new PresenceService(events));
});

afterEach(() => jest.useRealTimers());

const stay = (roomId: string, participantId: string) => ({
  roomId,
  slug: roomId,
  participantId,
  userId: participantId,
  displayName: participantId,
  at: new Date(),
});

function joins(roomId: string, participantId: string): void {
  events.publish('participant-joined', { ...stay(roomId, participantId), client: null });
}

function sampled(roomId: string, participantId: string, lossRatio: number | null): void {
  const kind = {
    packets: 500,
    packetsLost: 0,
    lossRatio,
    jitterMs: 5,
    roundTripTimeMs: 20,
    nacks: 0,
    plis: 0,
    firs: 0,
  };
  const sample: MediaSampleFacts = {
    roomId,
    participantId,
    at: new Date(),
    direction: 'up',
    intervalMs: 10_000,
    bytes: 1000,
    kinds: { audio: kind },
  };
  events.publish('media-sampled', sample);
}

const scoreOf = (lossRatio: number): number => mosOf({ lossRatio, jitterMs: 5, roundTripTimeMs: 20 });

describe('the worst rooms', () => {
  it('are ranked by the mean score of their people, the worst first', () => {
    joins('fine', 'ann');
    joins('lossy', 'ben');
    joins('lossy', 'eve');
    sampled('fine', 'ann', 0);
    sampled('lossy', 'ben', 0.2);
    sampled('lossy', 'eve', 0);
    expect(worst.list()).toEqual([
      { rank: 1, roomId: 'lossy', participants: 2, score: (scoreOf(0.2) + scoreOf(0)) / 2, lossRatio: 0.1 },
      { rank: 2, roomId: 'fine', participants: 1, score: scoreOf(0), lossRatio: 0 },
    ]);
  });

  it('are ten at most', () => {
    for (let index = 0; index < 15; index += 1) {
      joins(`room-${index}`, `person-${index}`);
      sampled(`room-${index}`, `person-${index}`, index / 100);
    }
    expect(worst.list().map(({ roomId }) => roomId)).toEqual(
      Array.from({ length: 10 }, (_, index) => `room-${14 - index}`),
    );
  });

  it('have samples of the last 30 seconds', () => {
    joins('room', 'ann');
    sampled('room', 'ann', 0.5);
    jest.advanceTimersByTime(20_000);
    sampled('room', 'ann', 0);
    expect(worst.list()[0]?.score).toBeCloseTo((scoreOf(0.5) + scoreOf(0)) / 2, 10);
    jest.advanceTimersByTime(20_000);
    expect(worst.list()[0]?.score).toBe(scoreOf(0));
    jest.advanceTimersByTime(20_000);
    expect(worst.list()).toEqual([]);
  });

  it('are not those of which nothing is known, nor those that everybody left', () => {
    joins('unknown', 'ann');
    sampled('unknown', 'ann', null);
    joins('left', 'ben');
    sampled('left', 'ben', 0.1);
    events.publish('participant-left', { ...stay('left', 'ben'), reason: 'left' });
    sampled('left', 'ben', 0.1);
    expect(worst.list()).toEqual([]);
  });
});
