import { useRef, type MouseEvent, type PointerEvent } from 'react';

const LONG_PRESS_MS = 450;
/** A finger that scrolls has moved further. */
const MOVED_PX = 10;

/** Handlers for an element that is held with a finger. */
export function useLongPress(onLongPress: (element: HTMLElement) => void, enabled: boolean) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const byTouch = useRef(false);
  const wasLong = useRef(false);
  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  return {
    onPointerDown: ({ pointerType, clientX: x, clientY: y, currentTarget }: PointerEvent<HTMLElement>) => {
      byTouch.current = pointerType === 'touch';
      wasLong.current = false;
      if (!enabled || !byTouch.current) return;
      end();
      const timer = setTimeout(() => {
        end();
        wasLong.current = true;
        navigator.vibrate?.(10);
        onLongPress(currentTarget);
      }, LONG_PRESS_MS);
      press.current = { timer, x, y };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent<HTMLElement>) => {
      if (press.current && Math.hypot(clientX - press.current.x, clientY - press.current.y) > MOVED_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    // Lifting the finger is no click on the link or the picture under it.
    onClickCapture: (event: MouseEvent) => {
      if (!wasLong.current) return;
      wasLong.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    // The browser's own menu of a held link or picture would lie over ours.
    onContextMenu: (event: MouseEvent) => {
      if (enabled && byTouch.current) event.preventDefault();
    },
  };
}
