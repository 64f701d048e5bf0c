import { judge, type WatchedTrack } from './judge.js';
import { readSample, type NetworkSample, type StatsList } from './sample.js';

interface Arrives {
  received: number;
  lost?: number;
  frozen?: number;
  kind?: 'audio' | 'video';
}

const GOOD_UPLINK = { repeated: 0, roundTripTime: 0.03, availableOutgoingBitrate: 2_000_000 };

const list = (...entries: Parameters<Parameters<StatsList['forEach']>[0]>[0][]): StatsList => ({
  forEach: (visit) => entries.forEach((entry) => visit(entry)),
});

/** 3 s of media, from the browser's own counters. */
function span(arrives: Record<string, Arrives>, uplink: Partial<typeof GOOD_UPLINK> & { limit?: string } = {}) {
  const { repeated, roundTripTime, availableOutgoingBitrate } = { ...GOOD_UPLINK, ...uplink };
  const sentUntil = (share: number) =>
    list(
      { type: 'remote-inbound-rtp', roundTripTime },
      { type: 'candidate-pair', availableOutgoingBitrate },
      {
        type: 'outbound-rtp',
        kind: 'video',
        packetsSent: 900 + 400 * share,
        retransmittedPacketsSent: 11 + 400 * repeated * share,
        qualityLimitationReason: uplink.limit ?? 'none',
      },
    );
  const at = (ms: number, share: number): NetworkSample =>
    readSample(
      ms,
      list(
        ...Object.entries(arrives).map(([trackIdentifier, { received, lost = 0, frozen = 0, kind = 'video' }]) => ({
          type: 'inbound-rtp',
          kind,
          trackIdentifier,
          packetsReceived: 1_000 + received * share,
          packetsLost: 7 + lost * share,
          totalFreezesDuration: 2 + frozen * share,
        })),
      ),
      sentUntil(share),
    );
  const watched: WatchedTrack[] = Object.keys(arrives).map((trackId) => ({
    trackId,
    personId: trackId.split(' ')[0] ?? '',
  }));
  return judge(at(10_000, 0), at(13_000, 1), watched);
}

const WELL: Arrives = { received: 300 };

describe('what one sees and hears of the others', () => {
  it('is fine while hardly anything is lost', () => {
    expect(span({ ann: WELL, ben: { received: 297, lost: 3 } }).people.size).toBe(0);
  });

  it('is their network when the others arrive well', () => {
    expect(span({ ann: { received: 250, lost: 50 }, ben: WELL, cleo: WELL }).people).toEqual(
      new Map([['ann', { level: 'bad', what: 'picture', where: 'theirs' }]]),
    );
  });

  it('is one’s own network when most arrive badly', () => {
    const { people } = span({ ann: { received: 290, lost: 12 }, ben: { received: 290, lost: 12 }, cleo: WELL });
    expect([...people.values()].map(({ where }) => where)).toEqual(['mine', 'mine']);
  });

  it('may be this computer when pictures of most stand still, though nothing is lost', () => {
    const { people } = span({ ann: { received: 60, frozen: 1 }, ben: { received: 60, frozen: 1 }, cleo: WELL });
    expect([...people.values()].map(({ where }) => where)).toEqual(['here', 'here']);
  });

  it('may be either’s when there is nobody else to compare with', () => {
    expect(span({ ann: { received: 250, lost: 50 } }).people.get('ann')?.where).toBe('either');
  });

  it('is one’s own network when what one sends is lost as well', () => {
    expect(span({ ann: { received: 250, lost: 50 } }, { repeated: 0.2 }).people.get('ann')?.where).toBe('mine');
  });

  it('is bad when the picture stands still, though no packet is missing', () => {
    const { people } = span({ ann: { received: 60, frozen: 1 }, ben: WELL });
    expect(people.get('ann')).toEqual({ level: 'bad', what: 'picture', where: 'theirs' });
  });

  it('is named by what is worse: sound or picture', () => {
    const { people } = span({ 'ann voice': { received: 120, lost: 30, kind: 'audio' }, 'ann face': WELL, ben: WELL });
    expect(people.get('ann')).toEqual({ level: 'bad', what: 'sound', where: 'theirs' });
  });

  it('is not judged by who is silent or off screen', () => {
    expect(span({ ann: { received: 3, lost: 2 }, ben: WELL }).people.size).toBe(0);
  });
});

describe('what one sends', () => {
  it('is fine on a usual network, also while little is sent, so that nobody knows what it could carry', () => {
    expect(span({ ann: WELL }).own).toBeNull();
    expect(span({ ann: WELL }, { availableOutgoingBitrate: 90_000 }).own).toBeNull();
  });

  it.each([
    [{ repeated: 0.05 }, { level: 'fair', what: 'upload' }],
    [{ repeated: 0.3 }, { level: 'bad', what: 'upload' }],
    [
      { availableOutgoingBitrate: 90_000, limit: 'bandwidth' },
      { level: 'bad', what: 'upload' },
    ],
    [
      { availableOutgoingBitrate: 250_000, limit: 'bandwidth' },
      { level: 'fair', what: 'upload' },
    ],
    [{ roundTripTime: 0.5 }, { level: 'fair', what: 'delay' }],
    [{ roundTripTime: 1.2 }, { level: 'bad', what: 'delay' }],
    [{ limit: 'cpu' }, { level: 'fair', what: 'computer' }],
    [
      { limit: 'cpu', repeated: 0.3 },
      { level: 'bad', what: 'upload' },
    ],
  ])('with %o is %o', (uplink, trouble) => {
    expect(span({ ann: WELL }, uplink).own).toEqual(trouble);
  });
});
