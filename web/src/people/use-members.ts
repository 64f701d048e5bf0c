import type { ParticipantId, Role, RoomMember, UserId } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { usePages, type Pages } from '../app/use-pages.js';
import { withApi } from '../session/session.js';

interface Members extends Pages<RoomMember> {
  /** By the room's record, as far as it was read; without those whose role has changed since. */
  roles: ReadonlyMap<UserId, Role>;
}

const NONE: ReadonlySet<UserId> = new Set();
const PAGE = 100;
/** Several people who come or change at once cause one question. */
const SETTLED_MS = 400;

/** The members of the call's room, read again when somebody becomes a member, is one no more, or gets another role. */
export function useMembers(room: Room): Members {
  const { slug } = room;
  const pages = usePages(useCallback((after) => withApi((api) => api.members(slug, { after, limit: PAGE })), [slug]));
  const { items, reload } = pages;
  const [stale, setStale] = useState(NONE);
  useEffect(() => setStale(NONE), [items]);
  useEffect(() => {
    const known = new Set(items?.map(({ userId }) => userId));
    const inCall = [room.self, ...room.participants.values()];
    const roles = new Map<ParticipantId, Role>(inCall.map(({ id, role }) => [id, role]));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAgain = () => (timer ??= setTimeout(reload, SETTLED_MS));
    const offs = [
      room.on('participant-joined', ({ id, userId, role }) => {
        roles.set(id, role);
        if (!known.has(userId)) readAgain();
      }),
      room.on('participant-left', (_person, reason) => {
        if (reason === 'banned' || reason === 'left') readAgain();
      }),
      room.on('participant-updated', ({ id, userId, role }) => {
        if (roles.get(id) === role) return;
        roles.set(id, role);
        setStale((before) => new Set([...before, userId]));
        readAgain();
      }),
    ];
    return () => {
      clearTimeout(timer);
      offs.forEach((off) => off());
    };
  }, [room, items, reload]);
  const roles = useMemo(
    () => new Map(items?.filter(({ userId }) => !stale.has(userId)).map(({ userId, role }) => [userId, role])),
    [items, stale],
  );
  return { ...pages, roles };
}
