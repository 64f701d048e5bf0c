import { formatFor } from './format.js';

const MINUTE = 60_000;

describe.each([
  [
    'en-GB',
    { half: '30 mins', long: '1 hr 5 mins', loss: '4.2%', rate: '1.5 Mbit/s', today: 'Today', tomorrow: 'tomorrow' },
  ],
  [
    'de',
    { half: '30 Min.', long: '1 Std. 5 Min.', loss: '4,2 %', rate: '1,5 Mbit/s', today: 'Heute', tomorrow: 'morgen' },
  ],
  [
    'pl',
    { half: '30 min', long: '1 godz. 5 min', loss: '4,2%', rate: '1,5 Mbit/s', today: 'Dzisiaj', tomorrow: 'jutro' },
  ],
])('figures in %s', (locale, { half, long, loss, rate, today, tomorrow }) => {
  const format = formatFor(locale);
  const plain = (text: string) => text.replace(/\s/g, ' ');

  it('say how long something took, as exactly as one wants to read it', () => {
    expect(plain(format.duration(30 * MINUTE))).toBe(half);
    expect(plain(format.duration(65 * MINUTE))).toBe(long);
  });

  it('are written as the language writes numbers', () => {
    expect(plain(format.percent(0.042))).toBe(loss);
    expect(plain(format.bitrate(1_500_000))).toBe(rate);
  });

  it('say how large a file is', () => {
    expect(plain(format.bytes(1_340_000))).toMatch(/^1[.,]3 MB$/);
    expect(plain(format.bytes(4_200))).toBe('4 kB');
  });

  it('call near days by their names', () => {
    expect(format.day(Date.now())).toBe(today);
    expect(format.ago(Date.now() + 24 * 60 * MINUTE)).toBe(tomorrow);
  });
});

describe('a day', () => {
  it('is told from the day before by the calendar, not by 24 hours', () => {
    const lastMinuteOfYesterday = new Date();
    lastMinuteOfYesterday.setHours(0, -1, 0, 0);
    expect(formatFor('en').day(lastMinuteOfYesterday)).toBe('Yesterday');
  });
});

it.each([
  ['en-GB', '0.4 s'],
  ['de', '0,4 s'],
  ['pl', '0,4 s'],
])('a wait in %s can end a sentence: its unit has no full stop', (locale, wait) => {
  expect(formatFor(locale).wait(400).replace(/\s/g, ' ')).toBe(wait);
});
