import { useRef, type MouseEvent, type PointerEvent } from 'react';

const LONG_PRESS_MS = 450;
/** A finger that scrolls has moved further. */
const MOVED_PX = 10;

interface Press {
  timer: ReturnType<typeof setTimeout>;
  element: HTMLElement;
  x: number;
  y: number;
}

/**
 * Handlers for an element that is held with a finger. `onLongPress` comes when the finger is lifted: a menu that opened
 * below it would take the lifting for a touch beside itself. Meanwhile the element has `data-held`.
 */
export function useLongPress(onLongPress: (element: HTMLElement) => void, enabled: boolean) {
  const press = useRef<Press | null>(null);
  const byTouch = useRef(false);
  const wasLong = useRef(false);
  const end = () => {
    clearTimeout(press.current?.timer);
    delete press.current?.element.dataset.held;
    press.current = null;
  };
  return {
    onPointerDown: ({ pointerType, clientX: x, clientY: y, currentTarget: element }: PointerEvent<HTMLElement>) => {
      end();
      byTouch.current = pointerType === 'touch';
      wasLong.current = false;
      if (!enabled || !byTouch.current) return;
      const timer = setTimeout(() => {
        wasLong.current = true;
        element.dataset.held = '';
        navigator.vibrate?.(10);
      }, LONG_PRESS_MS);
      press.current = { timer, element, x, y };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent<HTMLElement>) => {
      if (press.current && Math.hypot(clientX - press.current.x, clientY - press.current.y) > MOVED_PX) end();
    },
    onPointerUp: ({ currentTarget }: PointerEvent<HTMLElement>) => {
      const held = press.current !== null && wasLong.current;
      end();
      // After the events of touch and mouse that follow on this one.
      if (held) setTimeout(() => onLongPress(currentTarget), 50);
    },
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
