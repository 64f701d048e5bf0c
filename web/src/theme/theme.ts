import { useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
/** `system` follows the scheme of the operating system. */
export type Theme = (typeof THEMES)[number];

/** Also read by `public/theme.js`, before anything is painted. */
const STORAGE_KEY = 'minimeet.theme';
/** The browser's own bar takes the colour of the page: `--bg` of `styles/tokens.css`. */
const BAR_COLOURS = { light: '#f6f5f1', dark: '#0e1312' };

const listeners = new Set<() => void>();
let theme = readStored();
applyTheme();

/** The scheme that was chosen, and a function that chooses another one, now and the next time, in all windows. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, () => theme), chooseTheme];
}

function chooseTheme(next: Theme): void {
  try {
    if (next === 'system') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, next);
  } catch {
    // Without storage it holds until the page is closed.
  }
  adopt(next);
}

function adopt(next: Theme): void {
  theme = next;
  applyTheme();
  for (const listener of listeners) listener();
}

/** The tokens follow by `color-scheme` and `light-dark()`. */
function applyTheme(): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
  for (const bar of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const system = bar.media.includes('dark') ? 'dark' : 'light';
    bar.content = BAR_COLOURS[theme === 'system' ? system : theme];
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readStored(): Theme {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return THEMES.find((known) => known === stored) ?? 'system';
  } catch {
    return 'system';
  }
}

window.addEventListener('storage', ({ key }) => {
  if (key === STORAGE_KEY || key === null) adopt(readStored());
});
