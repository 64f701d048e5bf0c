import { lazy, useEffect } from 'react';

const load = () => import('./ChatView.js');

/** With all that shows messages, which signing in and the pictures of a call do not wait for. */
export const ChatView = lazy(load);

const PREFETCH_AFTER_MS = 3_000;

/** In a call: fetches the chat's code when the pictures have had their turn. */
export function useChatPrefetch(): void {
  useEffect(() => {
    // Opening the chat tries again, and says what is wrong.
    const timer = setTimeout(() => void load().catch(() => undefined), PREFETCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
}
