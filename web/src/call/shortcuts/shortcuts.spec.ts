import { SHORTCUTS, shortcutOf } from './shortcuts.js';

const press = (key: string, change: Partial<Parameters<typeof shortcutOf>[0]> = {}) =>
  shortcutOf({ key, code: `Key${key.toUpperCase()}`, ctrlKey: false, altKey: false, metaKey: false, ...change });

describe('a single key', () => {
  it.each(Object.entries(SHORTCUTS))('"%s" does %s', (key, action) => {
    expect(press(key)).toBe(action);
  });

  it('is the same with Caps Lock', () => {
    expect(press('M')).toBe('microphone');
  });

  it('is found by its place where the letters are not Latin', () => {
    expect(press('ь', { code: 'KeyM' })).toBe('microphone');
  });

  it('is found by its letter where the keys are in other places', () => {
    expect(press('m', { code: 'Semicolon' })).toBe('microphone');
    expect(press(',', { code: 'KeyM' })).toBeNull();
  });

  it.each(['ctrlKey', 'altKey', 'metaKey'] as const)('does nothing with %s: that is the browser’s', (modifier) => {
    for (const key of Object.keys(SHORTCUTS)) expect(press(key, { [modifier]: true })).toBeNull();
  });

  it('that has no meaning does nothing', () => {
    expect(press('x')).toBeNull();
    expect(press('Enter', { code: 'Enter' })).toBeNull();
    expect(press('toString', { code: 'toString' })).toBeNull();
  });
});
