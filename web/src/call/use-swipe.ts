import { useRef, type PointerEvent } from 'react';

/** CSS pixels along, and not more than that across: anything else is a tap, or a crooked one. */
const LONG = 60;
const CROOKED = 48;

/** @returns handlers of an element; `onSwipe` gets 1 when the finger went to the left, to what comes next, else -1. */
export function useSwipe(onSwipe: (direction: 1 | -1) => void) {
  const from = useRef<{ id: number; x: number; y: number } | null>(null);
  return {
    onPointerDown: ({ pointerType, isPrimary, pointerId, clientX, clientY, target }: PointerEvent) => {
      // A screen that was zoomed into is moved by the finger.
      const moves = target instanceof Element && target.closest('.zoom[data-zoomed]') !== null;
      from.current = pointerType === 'touch' && isPrimary && !moves ? { id: pointerId, x: clientX, y: clientY } : null;
    },
    onPointerUp: ({ pointerId, clientX, clientY }: PointerEvent) => {
      const start = from.current;
      from.current = null;
      if (start?.id !== pointerId) return;
      const dx = clientX - start.x;
      if (Math.abs(dx) < LONG || Math.abs(clientY - start.y) > CROOKED) return;
      onSwipe(dx < 0 ? 1 : -1);
    },
    onPointerCancel: () => (from.current = null),
  };
}
