import type { PublishedTrack } from '../forwarding/published-track.js';
import { Demands } from './demands.js';

describe('what a viewer counts on', () => {
  const asked: string[] = [];
  const track = (name: string): PublishedTrack =>
    ({
      setDemand: (viewer: string, layer: number | undefined) => asked.push(`${viewer} ${name} ${layer ?? 'none'}`),
    }) as Partial<PublishedTrack> as PublishedTrack;

  it('is taken back where it is not named again', () => {
    const [a, b, c] = [track('a'), track('b'), track('c')];
    const demands = new Demands('ann');
    demands.set(
      new Map([
        [a, 2],
        [b, 0],
      ]),
    );
    asked.length = 0;
    demands.set(
      new Map([
        [b, 1],
        [c, 2],
      ]),
    );
    expect(asked.sort()).toEqual(['ann a none', 'ann b 1', 'ann c 2']);
    asked.length = 0;
    demands.set(new Map());
    expect(asked.sort()).toEqual(['ann b none', 'ann c none']);
  });
});
