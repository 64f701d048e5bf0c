import { TransportArrivals } from './transport-arrivals.js';
import { MAX_STATUSES, NEVER, writeTransportFeedback } from './transport-feedback.js';

const LOST = NEVER;

function written(arrivals: number[], baseSequenceNumber = 5): string {
  const feedback = { senderSsrc: 1, mediaSsrc: 2, baseSequenceNumber, feedbackCount: 0x107 };
  return writeTransportFeedback({ ...feedback, arrivals: Float64Array.from(arrivals) }).toString('hex');
}

const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

describe('transport-wide feedback in bytes', () => {
  it.each([
    // A run of three that came 1 ms apart, from 128 ms on: reference time 2, the count of packets modulo 256.
    ['a run that came', [512, 516, 520], '0006', '0003' + '000002' + '07' + '2003' + '000404' + '000000'],
    // The draft's example of a run (3.1.3): 221 packets that did not come.
    [
      'a run that is lost',
      [...times(221, LOST), 3],
      '0006',
      '00de' + '000000' + '07' + '00dd' + '2001' + '03' + '000000',
    ],
    // The draft's example of one bit each (3.1.4): one lost, five came, three lost, three came, two lost.
    [
      'one bit each',
      [LOST, 1, 2, 3, 4, 5, LOST, LOST, LOST, 6, 7, 8, LOST, LOST, 9],
      '0008',
      '000f' + '000000' + '07' + '9f1c' + '2001' + '010101010101010101' + '000000',
    ],
    // A small delta, none, one of 75 ms, one of -1 ms.
    ['two bits each', [256, LOST, 556, 552], '0006', '0004' + '000001' + '07' + 'd280' + '00012cfffc' + '00'],
    [
      'the largest small delta and the smallest large one',
      [0, 255, 511],
      '0006',
      '0003' + '000000' + '07' + 'd600' + '00ff0100' + '0000',
    ],
    ['the largest delta of all', [0, 32_767], '0006', '0002' + '000000' + '07' + 'd800' + '007fff' + '000000'],
    ['a reference time of 24 bits', [(2 ** 24 + 3) * 256 + 9], '0005', '0001' + '000003' + '07' + '2001' + '09' + '00'],
  ])('%s', (_, arrivals, words, content) => {
    expect(written(arrivals)).toBe('8fcd' + words + '00000001' + '00000002' + '0005' + content);
  });

  it('stays below 1,200 bytes at worst', () => {
    const arrivals = times(MAX_STATUSES, 0).map((_, index) => 300 * (index - Math.floor(index / 7)));
    expect(written(arrivals).length / 2).toBeLessThan(1_200);
    expect(decode(Buffer.from(written(arrivals), 'hex')).map(({ ticks }) => ticks)).toEqual(arrivals);
  });
});

describe('the arrivals of a transport', () => {
  /** The newest word on each packet, by its number: ticks, or `LOST`. */
  const known = new Map<number, number>();
  const packets: Buffer[] = [];
  let arrivals: TransportArrivals;

  beforeEach(() => {
    known.clear();
    packets.length = 0;
    arrivals = new TransportArrivals(1, (packet) => {
      packets.push(packet);
      for (const { sequenceNumber, ticks } of decode(packet)) known.set(sequenceNumber, ticks);
    });
  });

  /** Each 1 ms after the one before, from 100 ms on; reported at the end. */
  const come = (numbers: number[], fromMs = 100): number => {
    numbers.forEach((number, index) => arrivals.push(number & 0xffff, 7, fromMs + index));
    const endMs = fromMs + numbers.length;
    arrivals.tick(endMs + 100);
    return endMs;
  };
  const numbersOf = (packet: Buffer | undefined): number[] =>
    (packet ? decode(packet) : []).map((one) => one.sequenceNumber);

  it('are reported every 100 ms, with a count, from where the report before ended', () => {
    arrivals.tick(0);
    for (let ms = 0; ms <= 1_000; ms += 20) {
      arrivals.push(ms / 20, 7, ms);
      arrivals.tick(ms);
    }
    expect(packets).toHaveLength(10);
    expect(packets.map((packet) => packet[19])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(packets.flatMap((packet) => numbersOf(packet))).toEqual(Array.from({ length: 51 }, (_, number) => number));
    expect(packets.map((packet) => packet.readUInt32BE(8))).toEqual(times(10, 7));
  });

  it('say nothing when nothing came', () => {
    arrivals.tick(0);
    come([1]);
    arrivals.tick(10_000);
    expect(packets).toHaveLength(1);
  });

  it('go on over the end of the numbers', () => {
    come([65_533, 65_534, 0, 1]);
    expect([...known]).toEqual([
      [65_533, 400],
      [65_534, 404],
      [65_535, LOST],
      [0, 408],
      [1, 412],
    ]);
  });

  it('have a packet that comes late twice: as lost, and as having come', () => {
    const endMs = come([10, 12]);
    expect(known.get(11)).toBe(LOST);
    come([11, 13], endMs + 200);
    expect(numbersOf(packets[1])).toEqual([11, 12, 13]);
    expect(known.get(11)).toBe((endMs + 200) * 4);
    expect(known.get(12)).toBe(404);
  });

  it('have a packet that comes twice as it came first', () => {
    come([10, 11, 11, 10, 12]);
    expect([...known]).toEqual([
      [10, 400],
      [11, 404],
      [12, 416],
    ]);
  });

  it('start anew after an outage', () => {
    const endMs = come([10, 11]);
    come([10_000, 10_002], endMs + 9_000);
    expect([...known.keys()]).toEqual([10, 11, 10_000, 10_001, 10_002]);
  });

  it('take two packets for what is further apart than a delta can say', () => {
    arrivals.push(1, 7, 0);
    arrivals.push(2, 7, 8_191);
    arrivals.push(3, 7, 8_192 + 8_191);
    arrivals.tick(20_000);
    expect(packets.map(numbersOf)).toEqual([[1, 2], [3]]);
    expect(known.get(3)).toBe((8_192 + 8_191) * 4);
  });

  it('come through whole, whatever the path does', () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 48_271) % 0x7fffffff) / 0x7fffffff;
    const came = new Map<number, number>();
    let nowMs = 1_000;
    const delayed: number[] = [];
    const arrive = (number: number): void => {
      came.set(number, Math.floor(nowMs * 4));
      arrivals.push(number & 0xffff, 7, nowMs);
    };
    for (let number = 65_000; number < 70_000; number++) {
      nowMs += random() < 0.01 ? 150 : random();
      if (random() < 0.05) delayed.push(number);
      else if (random() > 0.1) arrive(number);
      if (delayed.length > 8) delayed.splice(0).reverse().forEach(arrive);
      arrivals.tick(nowMs);
    }
    arrive(70_000);
    arrivals.tick(nowMs + 1_000);
    expect(packets.length).toBeGreaterThan(50);
    for (let number = Math.min(...came.keys()); number <= 70_000; number++)
      expect([number, known.get(number & 0xffff)]).toEqual([number, came.get(number) ?? LOST]);
  });
});

/** @throws what a receiver would find wrong. */
function decode(packet: Buffer): { sequenceNumber: number; ticks: number }[] {
  expect(packet.length).toBe((packet.readUInt16BE(2) + 1) * 4);
  const [base, count] = [packet.readUInt16BE(12), packet.readUInt16BE(14)];
  const statuses: number[] = [];
  let at = 20;
  for (; statuses.length < count; at += 2) {
    const chunk = packet.readUInt16BE(at);
    if (chunk < 0x8000) statuses.push(...times(chunk & 0x1fff, chunk >> 13));
    else if (chunk < 0xc000) for (let bit = 13; bit >= 0; bit--) statuses.push((chunk >> bit) & 1);
    else for (let bit = 12; bit >= 0; bit -= 2) statuses.push((chunk >> bit) & 3);
  }
  expect(statuses.splice(count).every((status) => status === 0)).toBe(true);
  expect(statuses).not.toContain(3);
  let ticks = packet.readUIntBE(16, 3) * 256;
  const arrivals = statuses.map((status, index) => {
    if (status === 1) ticks += packet.readUInt8(at);
    if (status === 2) ticks += packet.readInt16BE(at);
    at += status;
    return { sequenceNumber: (base + index) & 0xffff, ticks: status === 0 ? NEVER : ticks };
  });
  expect(packet.length - at).toBeLessThan(4);
  expect(packet.subarray(at).every((byte) => byte === 0)).toBe(true);
  return arrivals;
}
