import { jest } from '@jest/globals';
import { SampleSchedule, type Sampled } from './sample-schedule.js';

const INTERVAL_MS = 10_000;

describe('the schedule of samples', () => {
  let schedule: SampleSchedule;
  let turns: { name: string; atMs: number }[];

  beforeEach(() => {
    jest.useFakeTimers();
    turns = [];
    schedule = new SampleSchedule(INTERVAL_MS);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  function person(name: string, requests = 4): Sampled {
    return {
      sample: () => {
        turns.push({ name, atMs: performance.now() });
        return requests;
      },
    };
  }

  function join(count: number, requests?: number): Sampled[] {
    const people = Array.from({ length: count }, (_, index) => person(`p${index}`, requests));
    people.forEach((one) => {
      schedule.add(one);
    });
    return people;
  }

  const gapsMs = (): number[] => turns.slice(1).map(({ atMs }, index) => Math.round(atMs - (turns[index]?.atMs ?? 0)));

  it('takes each of those who came at once in every interval, evenly spread', () => {
    join(20);
    jest.advanceTimersByTime(2 * INTERVAL_MS);
    turns.splice(0);
    jest.advanceTimersByTime(INTERVAL_MS);
    expect(new Set(turns.map(({ name }) => name)).size).toBe(20);
    expect(turns).toHaveLength(20);
    expect([...new Set(gapsMs())]).toEqual([500]);
  });

  it('takes somebody alone every interval', () => {
    schedule.add(person('a'));
    jest.advanceTimersByTime(3 * INTERVAL_MS);
    expect(gapsMs()).toEqual([INTERVAL_MS, INTERVAL_MS]);
  });

  it('takes nobody who came less than half an interval ago', () => {
    join(100);
    jest.advanceTimersByTime(INTERVAL_MS / 2 - 1);
    expect(turns).toEqual([]);
    jest.advanceTimersByTime(INTERVAL_MS);
    expect(new Set(turns.map(({ name }) => name)).size).toBe(100);
  });

  it('asks no more than 100 times a second, so that the interval grows with many people', () => {
    join(1_000, 5);
    jest.advanceTimersByTime(60_000);
    turns.splice(0);
    jest.advanceTimersByTime(50_000);
    expect(turns).toHaveLength(1_000);
    expect(new Set(turns.map(({ name }) => name)).size).toBe(1_000);
    expect([...new Set(gapsMs())]).toEqual([50]);
  });

  it('forgets who leaves, and has no timer without people', () => {
    const [first, second] = join(2);
    jest.advanceTimersByTime(INTERVAL_MS);
    turns.splice(0);
    if (first) schedule.remove(first);
    jest.advanceTimersByTime(2 * INTERVAL_MS);
    expect([...new Set(turns.map(({ name }) => name))]).toEqual(['p1']);
    if (second) schedule.remove(second);
    expect(jest.getTimerCount()).toBe(0);
  });
});
