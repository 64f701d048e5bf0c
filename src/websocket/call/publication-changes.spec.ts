import { kindOf, type MediaSource, type Publication } from '@minimeet/protocol';
import { publicationChanges } from './publication-changes.js';

const of = (source: MediaSource, paused = false): Publication => ({
  producerId: `${source}-1`,
  source,
  kind: kindOf(source),
  paused,
});

describe('the changes of what a person publishes', () => {
  it.each<[string, Publication[], Publication[], string[]]>([
    ['nothing', [of('camera')], [of('camera')], []],
    ['a new source', [], [of('camera')], ['camera published']],
    ['one that starts muted', [], [of('microphone', true)], ['microphone published', 'microphone muted']],
    ['mute', [of('microphone')], [of('microphone', true)], ['microphone muted']],
    ['unmute', [of('microphone', true)], [of('microphone')], ['microphone unmuted']],
    ['an end', [of('camera'), of('screen')], [of('camera')], ['screen unpublished']],
    ['an end while muted', [of('camera', true)], [], ['camera unpublished']],
    ['one for another', [of('camera')], [of('screen')], ['camera unpublished', 'screen published']],
    ['another track of the same', [of('camera')], [{ ...of('camera'), producerId: 'camera-2' }], []],
  ])('%s', (_what, before, after, expected) => {
    expect(publicationChanges(before, after).map(({ source, change }) => `${source} ${change}`)).toEqual(expected);
  });
});
