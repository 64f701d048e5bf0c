import type { Room, RoomMember } from '@minimeet/protocol';
import { useEffect, useState } from 'react';
import { withApi } from '../session/session.js';

/** Enough for the faces of a card; everybody who may be in the call, when there is one. */
const FACES = 5;
const IN_CALL = 100;

/** Some of the people of a room, those in its call first; empty until it is known, and when it cannot be. */
export function useRoomPeople({ slug, participantCount }: Room, visible: boolean): RoomMember[] {
  const [people, setPeople] = useState<RoomMember[]>([]);
  useEffect(() => {
    if (!visible) return undefined;
    let current = true;
    withApi((api) => api.members(slug, { limit: participantCount > 0 ? IN_CALL : FACES + 1 })).then(
      ({ items }) => current && setPeople(items.toSorted((a, b) => Number(b.inCall) - Number(a.inCall))),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [slug, participantCount, visible]);
  return people;
}
