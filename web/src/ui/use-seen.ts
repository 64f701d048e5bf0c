import { useEffect, useState, type RefObject } from 'react';

/** Whether an element has been on screen: content below it need not be fetched before. It stays true. */
export function useSeen(element: RefObject<Element | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const watched = element.current;
    if (!watched || seen) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
      rootMargin: '200px',
    });
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element, seen]);
  return seen;
}
