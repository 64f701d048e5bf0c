import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Somebody this near to the end wants to follow. */
const NEAR_END_PX = 60;

interface Scroll {
  /** The element that scrolls, and the rows in it. */
  list: RefObject<HTMLDivElement | null>;
  rows: RefObject<HTMLOListElement | null>;
  /** The newest message is in sight. */
  atEnd: boolean;
  toEnd: (behavior?: ScrollBehavior) => void;
  /** For the first look: so that a row has others above it. */
  toRow: (row: HTMLElement) => void;
}

/** The row that must not move: the first message in sight, and its distance from the upper edge. */
interface Anchor {
  row: HTMLElement;
  top: number;
}

/**
 * Keeps the newest message in sight unless one has scrolled up, and what one reads in its place when older messages
 * come before it or something above it gets taller.
 * @param version changes with the rows.
 * @param follows whether new rows at the end are to be followed.
 */
export function useScroll(version: unknown, follows: boolean): Scroll {
  const list = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLOListElement>(null);
  const before = useRef<{ anchor: Anchor | null; atEnd: boolean }>({ anchor: null, atEnd: true });
  // The end is not assumed before it is known: messages in sight count as read.
  const [atEnd, setAtEnd] = useState(false);

  const remember = useCallback(() => {
    const [element, inner] = [list.current, rows.current];
    // A list that a search covers has no height: its last values hold.
    if (!element?.clientHeight || !inner) return;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    const row = firstInSight(inner, element.scrollTop);
    before.current = { anchor: row && { row, top: row.offsetTop - element.scrollTop }, atEnd: isAtEnd };
    setAtEnd(isAtEnd);
  }, []);

  const settle = useCallback(() => {
    const element = list.current;
    if (!element?.clientHeight) return;
    const { anchor, atEnd: wasAtEnd } = before.current;
    if (wasAtEnd && follows) element.scrollTop = element.scrollHeight;
    else if (anchor?.row.isConnected) element.scrollTop = anchor.row.offsetTop - anchor.top;
    remember();
  }, [follows, remember]);

  useLayoutEffect(settle, [settle, version]);

  useEffect(() => {
    const [element, inner] = [list.current, rows.current];
    if (!element || !inner) return undefined;
    // An on-screen keyboard makes the panel smaller; a reaction makes a message taller.
    const observer = new ResizeObserver(settle);
    observer.observe(element);
    observer.observe(inner);
    element.addEventListener('scroll', remember, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', remember);
    };
  }, [settle, remember]);

  const toEnd = useCallback((behavior: ScrollBehavior = 'smooth') => {
    list.current?.scrollTo({ top: list.current.scrollHeight, behavior });
  }, []);
  const toRow = useCallback(
    (row: HTMLElement) => {
      if (!list.current) return;
      list.current.scrollTop = row.offsetTop - list.current.clientHeight / 4;
      // The scroll event comes later than the effects that go by it.
      remember();
    },
    [remember],
  );
  return { list, rows, atEnd, toEnd, toRow };
}

/**
 * Searches by halves, because rows stand in order. The line of a day is no anchor: it goes elsewhere when earlier
 * messages of its day come.
 */
function firstInSight(rows: HTMLElement, scrollTop: number): HTMLElement | null {
  const children = rows.children;
  let [low, high] = [0, children.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = children[middle];
    if (row instanceof HTMLElement && row.offsetTop + row.offsetHeight <= scrollTop) low = middle + 1;
    else high = middle;
  }
  for (; low < children.length; low++) {
    const row = children[low];
    if (row instanceof HTMLElement && row.dataset.messageId !== undefined) return row;
  }
  return null;
}
