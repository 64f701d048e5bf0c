import { useCallback, useState } from 'react';

/** More than this many large tiles are none. */
const MOST = 4;

export interface Pins {
  /** Keys of tiles, the longest-pinned first. */
  pinned: ReadonlySet<string>;
  toggle: (key: string) => void;
}

/** The tiles that one wants to see large; nobody else is told. */
export function usePins(): Pins {
  const [pinned, setPinned] = useState<ReadonlySet<string>>(() => new Set());
  const toggle = useCallback((key: string) => {
    setPinned((before) => {
      const others = [...before].filter((one) => one !== key);
      return new Set(before.has(key) ? others : [...others, key].slice(-MOST));
    });
  }, []);
  return { pinned, toggle };
}
