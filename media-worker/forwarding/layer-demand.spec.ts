import { jest } from '@jest/globals';
import { LayerDemand } from './layer-demand.js';

describe('what a publisher hears of its viewers', () => {
  let told: number[];
  let demand: LayerDemand;

  beforeEach(() => {
    jest.useFakeTimers();
    told = [];
    demand = new LayerDemand(2, (layer) => told.push(layer), { lowerMs: 2_000, stopMs: 10_000 });
  });

  afterEach(() => {
    demand.close();
    jest.useRealTimers();
  });

  it('is nothing while the first viewer wants all', () => {
    demand.set('a', 2);
    jest.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
  });

  it('is the smallest layer after 2 s without a viewer, and nothing at all after 10 s', () => {
    jest.advanceTimersByTime(2_000);
    expect(told).toEqual([0]);
    jest.advanceTimersByTime(8_000);
    expect(told).toEqual([0, -1]);
  });

  it('is more at once', () => {
    jest.advanceTimersByTime(10_000);
    demand.set('a', 1);
    demand.set('b', 2);
    expect(told).toEqual([0, -1, 1, 2]);
  });

  it('is less only when it lasts', () => {
    demand.set('a', 2);
    demand.set('a', 0);
    jest.advanceTimersByTime(1_999);
    demand.set('b', 2);
    jest.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
    demand.set('b', undefined);
    jest.advanceTimersByTime(2_000);
    expect(told).toEqual([0]);
  });

  it('ends with the producer', () => {
    demand.close();
    jest.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
  });
});
