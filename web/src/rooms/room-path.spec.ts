import { roomPathOf } from './room-path.js';

describe('what somebody types to find a room', () => {
  it.each([
    ['weekly-planning', '/r/weekly-planning'],
    ['  Weekly-Planning ', '/r/weekly-planning'],
    ['/r/abc-def', '/r/abc-def'],
    ['https://meet.example.org/r/abc-def', '/r/abc-def'],
    ['http://127.0.0.1:3000/r/abc-def/', '/r/abc-def'],
    ['https://meet.example.org/r/abc-def?invite=T0k_en-1', '/r/abc-def?invite=T0k_en-1'],
  ])('%s leads to %s', (text, path) => {
    expect(roomPathOf(text)).toBe(path);
  });

  it.each(['', ' ', 'https://meet.example.org/', 'two words', 'javascript:alert(1)', '../secret', 'a/b/c'])(
    '"%s" leads nowhere',
    (text) => {
      expect(roomPathOf(text)).toBeNull();
    },
  );
});
