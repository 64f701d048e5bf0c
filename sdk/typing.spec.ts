import { TIMES } from '@minimeet/protocol';
import { jest } from '@jest/globals';
import { TypingPeople, TypingSender } from './typing.js';

const [ann, bob] = [
  { userId: 'ann', displayName: 'Ann' },
  { userId: 'bob', displayName: 'Bob' },
];

describe('typing', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('shows people until they stop or are not heard of any more', () => {
    const seen: string[] = [];
    const typing = new TypingPeople(() => seen.push(typing.people.map(({ userId }) => userId).join()));
    typing.began(ann);
    typing.began(bob);
    jest.advanceTimersByTime(TIMES.typingMs - 1);
    typing.began(ann);
    jest.advanceTimersByTime(1);
    typing.stopped('ann');
    typing.stopped('ann');
    expect(seen).toEqual(['ann', 'ann,bob', 'ann', '']);
  });

  it('tells others as seldom as keeps them informed, and of the end once', () => {
    const told: boolean[] = [];
    const sender = new TypingSender((typing) => told.push(typing));
    for (let key = 0; key < 100; key++) {
      sender.set(true);
      jest.advanceTimersByTime(100);
    }
    expect(told).toEqual([true, true, true, true, true]);
    sender.set(false);
    sender.set(false);
    expect(told.slice(5)).toEqual([false]);
  });

  it('says nothing of an end that everybody has seen already', () => {
    const told: boolean[] = [];
    const sender = new TypingSender((typing) => told.push(typing));
    sender.set(true);
    jest.advanceTimersByTime(TIMES.typingMs + 1);
    sender.set(false);
    sender.set(true);
    sender.sent();
    sender.set(false);
    expect(told).toEqual([true, true]);
  });
});
