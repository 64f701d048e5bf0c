import { useCallback, useState } from 'react';

interface Announcer {
  /** The text of a live region. */
  said: string;
  say: (text: string) => void;
}

/** Says to screen readers what everybody else sees. */
export function useAnnouncer(): Announcer {
  const [said, setSaid] = useState('');
  const say = useCallback((text: string) => {
    // The same words twice would be no change, and so not be said.
    setSaid((before) => (before === text ? `${text}\u00a0` : text));
  }, []);
  return { said, say };
}
