import { useSyncExternalStore } from 'react';
import { STAGE_LAYOUTS, type StageLayout } from './arrange.js';

/** How somebody likes their calls, remembered in this browser. */
export interface CallPreferences {
  layout: StageLayout;
  /** One's own camera as in a mirror, for oneself only. */
  mirrored: boolean;
  /** Shortcuts of a single key. People who dictate, or whose hand trembles, may want none (WCAG 2.1.4). */
  singleKeys: boolean;
}

const STORAGE_KEY = 'minimeet-call';
const DEFAULTS: CallPreferences = { layout: 'auto', mirrored: true, singleKeys: true };

const listeners = new Set<() => void>();
let current: CallPreferences | null = null;

function callPreferences(): CallPreferences {
  return (current ??= read());
}

export function changeCallPreferences(change: Partial<CallPreferences>): void {
  current = { ...callPreferences(), ...change };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(current));
  } catch {
    // Storage is full or forbidden: it holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function useCallPreferences(): CallPreferences {
  return useSyncExternalStore(subscribe, callPreferences);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): CallPreferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null');
    return typeof stored === 'object' && stored !== null ? withDefaults(stored) : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

/** The stored values may be anything: another version, or somebody by hand, may have written them. */
function withDefaults(stored: { layout?: unknown; mirrored?: unknown; singleKeys?: unknown }): CallPreferences {
  const { layout, mirrored, singleKeys } = stored;
  return {
    layout: STAGE_LAYOUTS.find((known) => known === layout) ?? DEFAULTS.layout,
    mirrored: typeof mirrored === 'boolean' ? mirrored : DEFAULTS.mirrored,
    singleKeys: typeof singleKeys === 'boolean' ? singleKeys : DEFAULTS.singleKeys,
  };
}
