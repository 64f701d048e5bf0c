import type { CallDetails, CallLane, QualitySample, WorstMoment } from '@minimeet/protocol';
import { worstFacts } from './worst-facts.js';

const START = Date.parse('2026-11-21T10:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

const sample = (seconds: number, change: Partial<QualitySample>): QualitySample => ({
  at: at(seconds),
  direction: 'up',
  lossRatio: null,
  jitterMs: null,
  roundTripTimeMs: null,
  bitrateBps: null,
  frozenMs: null,
  quality: 'good',
  ...change,
});

const lane = (name: string, change: Partial<CallLane>): CallLane => ({
  id: name,
  userId: name,
  displayName: name,
  joinedAt: at(0),
  leftAt: null,
  leaveReason: null,
  client: null,
  networkPath: null,
  quality: null,
  joinPhases: null,
  speakingMs: 0,
  reconnects: 0,
  events: [],
  samples: [],
  ...change,
});

const call = (participations: CallLane[], worstMoment: WorstMoment): CallDetails => ({
  id: 'call',
  roomId: 'room',
  startedAt: at(0),
  endedAt: null,
  participations,
  worstMoment,
});

const moment = (participantId: string | null): WorstMoment => ({
  sentence: 'in English',
  startsAt: at(10),
  endsAt: at(40),
  participantId,
});

describe('what the page says itself of a worst moment', () => {
  it('are the means of the bad samples of whose it was, in the direction that had most of them', () => {
    const ann = lane('Ann', {
      samples: [
        sample(5, { quality: 'bad', lossRatio: 0.9 }),
        sample(20, { quality: 'poor', lossRatio: 0.1 }),
        sample(30, { quality: 'bad', lossRatio: 0.2 }),
        sample(30, { quality: 'poor', direction: 'down', lossRatio: 0.5 }),
      ],
    });
    const ben = lane('Ben', { samples: [sample(20, { quality: 'bad', lossRatio: 0.8 })] });
    const facts = worstFacts(call([ann, ben], moment('Ann')), moment('Ann'));
    expect(facts).toMatchObject({ name: 'Ann', lengthMs: 30_000, lost: null, media: { direction: 'up' } });
    expect(facts.media?.summary.lossRatio).toBeCloseTo(0.15);
  });

  it('is what was lost, when a connection was', () => {
    const lost = { at: at(11), type: 'connection-lost' as const, source: null, actor: null, detail: null };
    expect(worstFacts(call([lane('Ann', { events: [lost] })], moment('Ann')), moment('Ann'))).toMatchObject({
      name: 'Ann',
      lost: 'connection-lost',
      media: null,
    });
  });

  it('is of everybody when it was nobody’s alone', () => {
    const people = ['Ann', 'Ben'].map((name) =>
      lane(name, { samples: [sample(20, { quality: 'bad', direction: 'down', lossRatio: 0.4 })] }),
    );
    expect(worstFacts(call(people, moment(null)), moment(null))).toMatchObject({
      name: null,
      media: { direction: 'down' },
    });
  });
});
