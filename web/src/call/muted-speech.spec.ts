import { MutedSpeech } from './muted-speech.js';

const FRAME_MS = 16;

/** Plays sound to it, 60 times a second. @returns when it told, in milliseconds from the beginning. */
function play(speech: MutedSpeech, seconds: number, isLoud: (ms: number) => boolean, from = 0): number[] {
  const told: number[] = [];
  for (let ms = 0; ms < seconds * 1000; ms += FRAME_MS)
    if (speech.hears(isLoud(ms) ? 0.7 : 0.05, from + ms)) told.push(from + ms);
  return told;
}

/** Words of 300 ms with pauses of 200 ms. */
const talking = (ms: number) => ms % 500 < 300;

describe('who talks while muted', () => {
  it('is told within two seconds', () => {
    const [first] = play(new MutedSpeech(), 3, talking);
    expect(first).toBeLessThan(2_000);
  });

  it('is not told for a cough, or for a clock that ticks', () => {
    expect(play(new MutedSpeech(), 10, (ms) => ms > 1_000 && ms < 1_400)).toEqual([]);
    expect(play(new MutedSpeech(), 10, (ms) => ms % 500 < 40)).toEqual([]);
  });

  it('is told again after a minute, and three times at most', () => {
    const told = play(new MutedSpeech(), 600, talking);
    expect(told).toHaveLength(3);
    const [first = 0, second = 0] = told;
    expect(second - first).toBeGreaterThanOrEqual(60_000);
  });

  it('is not told of the time in which the page was hidden', () => {
    const speech = new MutedSpeech();
    speech.hears(0.9, 0);
    expect(speech.hears(0.9, 30_000)).toBe(false);
  });
});
