import type { CallEvent, CallEventType, Direction, QualitySample } from '@minimeet/protocol';
import { qualityOf } from '../../common/quality/index.js';
import type { ReviewedLane } from './stretches.js';
import { worstMoment } from './worst-moment.js';

const START_MS = Date.parse('2026-01-01T10:00:00.000Z');
const INTERVAL_MS = 10_000;
const at = (seconds: number): string => new Date(START_MS + seconds * 1_000).toISOString();

type Values = Partial<Pick<QualitySample, 'lossRatio' | 'jitterMs' | 'roundTripTimeMs' | 'frozenMs'>>;

function sample(direction: Direction, seconds: number, values: Values = {}): QualitySample {
  const network = { lossRatio: 0, jitterMs: 5, roundTripTimeMs: 30, frozenMs: null, ...values };
  const quality = qualityOf({ ...network, intervalMs: INTERVAL_MS });
  return { at: at(seconds), direction, ...network, bitrateBps: 1_000_000, quality };
}

interface Trouble extends Values {
  direction: Direction;
  /** Seconds since the start of the call; the first sample's interval begins with it. */
  from: number;
  to: number;
}

interface LaneOptions {
  troubles?: Trouble[];
  events?: [CallEventType, number][];
  joined?: number;
  left?: number | null;
  /** Seconds by which this person's samples are late against the others'. */
  phase?: number;
}

/** A person in a call of ten minutes, sampled all the time and fine but for their troubles. */
function lane(displayName: string, options: LaneOptions = {}): ReviewedLane {
  const { troubles = [], events = [], joined = 0, left = 600, phase = 0 } = options;
  const samples: QualitySample[] = [];
  for (let seconds = joined + 10 + phase; seconds <= (left ?? 600); seconds += 10) {
    for (const direction of ['up', 'down'] as const) {
      const trouble = troubles.find((one) => one.direction === direction && seconds > one.from && seconds <= one.to);
      const { from: _from, to: _to, direction: _direction, ...values } = trouble ?? { from: 0, to: 0, direction };
      samples.push(sample(direction, seconds, values));
    }
  }
  return {
    id: displayName.toLowerCase(),
    displayName,
    joinedAt: at(joined),
    leftAt: left === null ? null : at(left),
    events: events.map(([type, seconds]): CallEvent => ({
      at: at(seconds),
      type,
      source: null,
      actor: null,
      detail: null,
    })),
    samples,
  };
}

const loss = (direction: Direction, from: number, to: number, lossRatio: number): Trouble => ({
  direction,
  from,
  to,
  lossRatio,
});

describe('the worst moment of a call', () => {
  it.each<[string, ReviewedLane[]]>([
    ['nobody was there', []],
    ['all was fine', [lane('Ann'), lane('Ben')]],
    ['it was only fair', [lane('Ann', { troubles: [loss('up', 0, 600, 0.03)] })]],
    ['nothing was measured', [{ ...lane('Ann'), samples: [] }]],
    ['somebody only muted', [lane('Ann', { events: [['muted', 10]] })]],
    ['a connection came back that was never lost', [lane('Ann', { events: [['connection-resumed', 10]] })]],
  ])('is none when %s', (_what, lanes) => {
    expect(worstMoment(lanes)).toBeNull();
  });

  it.each<[sentence: string, lanes: ReviewedLane[]]>([
    [
      "12 % loss on Ann's uplink for 3 minutes; everyone else was fine.",
      [lane('Ann', { troubles: [loss('up', 120, 300, 0.12)] }), lane('Ben'), lane('Cleo')],
    ],
    ["12 % loss on Ann's uplink for 40 s.", [lane('Ann', { troubles: [loss('up', 120, 160, 0.12)] })]],
    ["6.5 % loss on Ann's downlink for 10 s.", [lane('Ann', { troubles: [loss('down', 120, 130, 0.065)] })]],
    [
      "12 % loss on Ann's uplink for 40 s.",
      [lane('Ann', { troubles: [loss('up', 120, 160, 0.12)] }), lane('Ben', { joined: 200 })],
    ],
    [
      "Round trips of 900 ms on Ben's downlink for 1 minute; everyone else was fine.",
      [lane('Ann'), lane('Ben', { troubles: [{ direction: 'down', from: 60, to: 120, roundTripTimeMs: 900 }] })],
    ],
    [
      "Jitter of 300 ms on Ben's uplink for 50 s; everyone else was fine.",
      [lane('Ann'), lane('Ben', { troubles: [{ direction: 'up', from: 60, to: 110, jitterMs: 300 }] })],
    ],
    [
      "Pictures stood still for 16 s on Ben's downlink within 40 s; everyone else was fine.",
      [lane('Ann'), lane('Ben', { troubles: [{ direction: 'down', from: 60, to: 100, frozenMs: 4_000 }] })],
    ],
    // The longer of two, and the worse of two.
    [
      "8 % loss on Ann's uplink for 2 minutes; everyone else was fine.",
      [lane('Ann', { troubles: [loss('up', 300, 420, 0.08)] }), lane('Ben', { troubles: [loss('up', 20, 50, 0.08)] })],
    ],
    [
      "40 % loss on Ben's uplink for 50 s; everyone else was fine.",
      [lane('Ann', { troubles: [loss('up', 300, 420, 0.08)] }), lane('Ben', { troubles: [loss('up', 20, 70, 0.4)] })],
    ],
    // One's uplink is what the others receive.
    [
      "30 % loss on Ann's uplink for 1 minute; Ben received it badly.",
      [lane('Ann', { troubles: [loss('up', 60, 120, 0.3)] }), lane('Ben', { troubles: [loss('down', 60, 120, 0.3)] })],
    ],
    [
      "30 % loss on Ann's uplink for 1 minute; 3 others received it badly.",
      [
        lane('Ann', { troubles: [loss('up', 60, 120, 0.3)] }),
        ...['Ben', 'Cleo', 'Dora'].map((name) => lane(name, { troubles: [loss('down', 60, 120, 0.1)] })),
      ],
    ],
    [
      "30 % loss on Ben's downlink for 1 minute; Ann had trouble too.",
      [
        lane('Ann', { troubles: [loss('up', 60, 80, 0.06)] }),
        lane('Ben', { troubles: [loss('down', 60, 120, 0.3)] }),
        lane('Cleo'),
        lane('Dora'),
      ],
    ],
    // The server is to blame for trouble that most share.
    [
      "Everybody's downlink lost packets for 40 s: look at the server's network.",
      ['Ann', 'Ben', 'Cleo', 'Dora'].map((name) => lane(name, { troubles: [loss('down', 200, 240, 0.2)] })),
    ],
    [
      "Everybody's uplink lost packets for 1 minute: look at the server's network.",
      ['Ann', 'Ben', 'Cleo'].map((name) =>
        lane(name, { troubles: [loss('up', 200, 260, 0.2), loss('down', 200, 260, 0.06)] }),
      ),
    ],
    [
      "3 of 4 people's downlink was slow for 40 s: look at the server's network.",
      [
        lane('Dora'),
        ...['Ann', 'Ben', 'Cleo'].map((name) =>
          lane(name, { troubles: [{ direction: 'down', from: 200, to: 240, roundTripTimeMs: 900 }] }),
        ),
      ],
    ],
    [
      "20 % loss on Ann's downlink for 40 s; Ben had trouble too.",
      [
        ...['Ann', 'Ben'].map((name) => lane(name, { troubles: [loss('down', 200, 240, 0.2)] })),
        ...['Cleo', 'Dora'].map((name) => lane(name)),
      ],
    ],
    // Losses.
    [
      "Ben's connection was lost twice within a minute.",
      [
        lane('Ann'),
        lane('Ben', {
          events: [
            ['connection-lost', 100],
            ['connection-resumed', 102],
            ['connection-lost', 130],
            ['connection-resumed', 133],
          ],
        }),
      ],
    ],
    [
      "Ben's connection was lost 3 times within a minute.",
      [
        lane('Ann'),
        lane('Ben', {
          events: [100, 120, 140].map((seconds): [CallEventType, number] => ['connection-lost', seconds]),
          left: null,
        }),
      ],
    ],
    [
      "Ben's connection was lost for 8 s.",
      [
        lane('Ann'),
        lane('Ben', {
          events: [
            ['connection-lost', 100],
            ['muted', 101],
            ['connection-resumed', 108],
          ],
        }),
      ],
    ],
    [
      "Ben's connection was lost and did not come back.",
      [lane('Ann'), lane('Ben', { events: [['connection-lost', 100]], left: 115 })],
    ],
    [
      "Ben's media was lost for 4 s.",
      [
        lane('Ann'),
        lane('Ben', {
          events: [
            ['media-lost', 100],
            ['media-rebuilt', 104],
          ],
        }),
      ],
    ],
    [
      "Everybody's media was lost for 3 s: look at the server's media workers.",
      ['Ann', 'Ben', 'Cleo'].map((name, index) =>
        lane(name, {
          events: [
            ['media-lost', 100],
            ['media-rebuilt', 101 + index],
          ],
        }),
      ),
    ],
    [
      "Everybody's connection was lost: look at the server and its network.",
      ['Ann', 'Ben'].map((name) => lane(name, { events: [['connection-lost', 100]], left: null })),
    ],
    // A long call of bad quality is worse than a short loss of the connection.
    [
      "15 % loss on Ann's uplink for 10 minutes; everyone else was fine.",
      [
        lane('Ann', { troubles: [loss('up', 0, 600, 0.15)] }),
        lane('Ben', {
          events: [
            ['connection-lost', 100],
            ['connection-resumed', 103],
          ],
        }),
      ],
    ],
  ])('%s', (sentence, lanes) => {
    expect(worstMoment(lanes)?.sentence).toBe(sentence);
  });

  it('says whose it was and when it began and ended', () => {
    const lanes = [lane('Ann', { troubles: [loss('up', 120, 300, 0.12)] }), lane('Ben')];
    expect(worstMoment(lanes)).toMatchObject({ participantId: 'ann', startsAt: at(120), endsAt: at(300) });
    const all = ['Ann', 'Ben'].map((name) => lane(name, { troubles: [loss('down', 200, 240, 0.2)] }));
    expect(worstMoment(all)).toMatchObject({ participantId: null, startsAt: at(200), endsAt: at(240) });
  });

  it('begins with the person, not before', () => {
    const ann = lane('Ann', { joined: 100, troubles: [loss('up', 100, 140, 0.12)], phase: -6 });
    expect(worstMoment([ann])).toMatchObject({ startsAt: at(100), endsAt: at(134) });
  });

  it('is the same when only poor and bad samples are given', () => {
    const lanes = [
      lane('Ann', { troubles: [loss('up', 120, 300, 0.12), loss('up', 400, 420, 0.3)] }),
      lane('Ben', { troubles: [loss('down', 10, 60, 0.07)] }),
    ];
    const bad = lanes.map((one) => ({
      ...one,
      samples: one.samples.filter(({ quality }) => quality === 'poor' || quality === 'bad'),
    }));
    expect(worstMoment(bad)).toEqual(worstMoment(lanes));
    expect(worstMoment(bad)).not.toBeNull();
  });

  it('is everybody’s even when each is sampled at another moment', () => {
    const lanes = ['Ann', 'Ben', 'Cleo'].map((name, index) =>
      lane(name, { phase: index * 3, troubles: [loss('down', 200, 250, 0.2)] }),
    );
    const moment = worstMoment(lanes);
    expect(moment?.participantId).toBeNull();
    expect(moment?.sentence).toMatch(
      /^Everybody's downlink lost packets for [45]\d s: look at the server's network\.$/,
    );
  });

  it('is found soon in a call of 8,000 samples that are bad one by one: no pair of them is looked at', () => {
    const lanes = Array.from({ length: 80 }, (_, index): ReviewedLane => {
      const one = lane(`P${index}`, { left: null });
      const samples = Array.from({ length: 100 }, (_item, number) =>
        sample(number % 2 ? 'up' : 'down', 100 + number * 40 + (index % 9), { lossRatio: 0.2 }),
      );
      return { ...one, samples };
    });
    const startMs = performance.now();
    expect(worstMoment(lanes)?.sentence).toMatch(/^Everybody's/);
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });
});
