/** The actions of single keys in a call. */
export const SHORTCUTS = {
  m: 'microphone',
  v: 'camera',
  h: 'hand',
  c: 'chat',
  p: 'people',
  l: 'layout',
  i: 'picture-in-picture',
  f: 'full-screen',
  '?': 'help',
} as const;

export type ShortcutKey = keyof typeof SHORTCUTS;
export type ShortcutAction = (typeof SHORTCUTS)[ShortcutKey];

/** The fields of a key event that are looked at (UI Events: `KeyboardEvent`). */
interface Key {
  key: string;
  /** The place of the key: for letters that are not Latin ones. */
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** @returns what the key does; `null` with a modifier, whose keys are the browser's and the screen reader's. */
export function shortcutOf({ key, code, ctrlKey, altKey, metaKey }: Key): ShortcutAction | null {
  if (ctrlKey || altKey || metaKey) return null;
  const letter = /^[\u0020-\u007e]$/.test(key) ? key.toLowerCase() : code.replace(/^Key/, '').toLowerCase();
  return isShortcutKey(letter) ? SHORTCUTS[letter] : null;
}

function isShortcutKey(letter: string): letter is ShortcutKey {
  return Object.hasOwn(SHORTCUTS, letter);
}

/** Where keys are text, or choose from a list: there they do nothing else. */
const FIELDS = [
  'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"])',
  'textarea',
  'select',
  '[contenteditable]:not([contenteditable="false"])',
  '[role="textbox"]',
  '[role="searchbox"]',
  '[role="combobox"]',
  '[role="listbox"]',
  '[role="menu"]',
  '[role="application"]',
].join();

export function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(FIELDS) !== null;
}
