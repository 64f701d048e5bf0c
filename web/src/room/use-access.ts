import type { Room } from '@minimeet/protocol';
import { useEffect, useState } from 'react';
import { isNoEntry, isSignedOut } from '../session/sentences.js';
import { useUser, withApi } from '../session/session.js';

/** Whether, and as what, the person at the page may come into a room. */
type Access =
  | { state: 'looking' }
  /** A member, or somebody with an account who may try the door. */
  | { state: 'known'; room: Room }
  /** Has an invite and no account: needs a name only. */
  | { state: 'guest' }
  | { state: 'sign-in' }
  | { state: 'refused'; error: unknown };

/** The number of people in the call may change while one looks at the pre-join screen. */
const REFRESH_MS = 10_000;

/** @param watching false: in the call, where the room itself tells. */
export function useAccess(slug: string, invite: string | null, watching: boolean): Access {
  const user = useUser();
  const [access, setAccess] = useState<Access>({ state: 'looking' });
  const userId = user?.id ?? null;
  const isGuest = user !== null && user.email === null;
  useEffect(() => {
    if (!watching) return undefined;
    const outside: Access = { state: invite ? 'guest' : 'sign-in' };
    if (userId === null) {
      setAccess(outside);
      return undefined;
    }
    let current = true;
    const look = async (quietly: boolean) => {
      try {
        const room = await withApi((api) => api.room(slug));
        if (current) setAccess({ state: 'known', room });
      } catch (error) {
        if (!current || quietly) return;
        // A guest of another room, or of an earlier invite: this one's invite counts.
        setAccess(isSignedOut(error) || (isNoEntry(error) && isGuest) ? outside : { state: 'refused', error });
      }
    };
    void look(false);
    const timer = setInterval(() => {
      if (!document.hidden) void look(true);
    }, REFRESH_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [slug, invite, watching, userId, isGuest]);
  return access;
}
