import { useEffect, useRef } from 'react';
import { overlayIsOpen } from '../../ui/overlay-is-open.js';
import { isField, shortcutOf, type ShortcutAction } from './shortcuts.js';

/** Calls `onShortcut` for single keys, never while somebody types, and not below a dialog or a menu. */
export function useShortcuts(enabled: boolean, onShortcut: (action: ShortcutAction) => void): void {
  const latest = useRef(onShortcut);
  useEffect(() => {
    latest.current = onShortcut;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.isComposing || isField(event.target) || overlayIsOpen())
        return;
      const action = shortcutOf(event);
      if (!action) return;
      event.preventDefault();
      latest.current(action);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled]);
}
