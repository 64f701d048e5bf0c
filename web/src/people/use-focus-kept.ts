import { useEffect, type RefObject } from 'react';

const FOCUSABLE = 'button:not(:disabled), input:not(:disabled), a[href]';

/**
 * Moves the focus when its element vanishes (somebody was let in, or has left): to the element that has come into its
 * place, and not to the top of the page. It waits while a dialog has the focus: that gives it back to an element that
 * may be gone by then.
 */
export function useFocusKept(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = container.current;
    if (!root) return undefined;
    let last: { element: Element; place: number } | null = null;
    const note = ({ target }: FocusEvent) => {
      if (target instanceof Element) last = { element: target, place: focusable(root).indexOf(target) };
    };
    const mend = () => {
      if (!last || last.element.isConnected) return;
      if (document.activeElement !== document.body && document.activeElement !== null) return;
      const { place } = last;
      last = null;
      const candidates = focusable(root);
      const next = candidates[Math.min(Math.max(place, 0), candidates.length - 1)];
      (next instanceof HTMLElement ? next : root).focus();
    };
    // A dialog that closes moves the focus after its last frame.
    const watch = new MutationObserver(() => requestAnimationFrame(mend));
    watch.observe(document.body, { childList: true, subtree: true });
    root.addEventListener('focusin', note);
    return () => {
      watch.disconnect();
      root.removeEventListener('focusin', note);
    };
  }, [container]);
}

function focusable(root: Element): Element[] {
  return [...root.querySelectorAll(FOCUSABLE)];
}
