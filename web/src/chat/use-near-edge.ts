import { useEffect, useRef, useState, type RefObject } from 'react';

interface NearEdge {
  /** The last attempt failed: it is tried again on a click only. */
  failed: boolean;
  retry: () => void;
}

/**
 * Calls `load` when an element at the edge of a list comes near what is in sight, and again while it stays there.
 * @param version changes when `load` has brought something.
 */
export function useNearEdge(
  edge: RefObject<HTMLElement | null>,
  load: () => Promise<void>,
  version: string | number,
): NearEdge {
  const [failed, setFailed] = useState(false);
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  useEffect(() => {
    const element = edge.current;
    if (!element || failed) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current().catch(() => setFailed(true));
      },
      { root: element.closest('.messages'), rootMargin: '500px 0px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [edge, failed, version]);
  return { failed, retry: () => setFailed(false) };
}
