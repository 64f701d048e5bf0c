import type { Participant, UserId } from '@minimeet/protocol';
import { useEffect, useMemo, useState } from 'react';
import { withApi } from '../session/session.js';
import type { Person } from './mention-text.js';

/** More names than this nobody looks through. */
const MOST = 500;
const PAGE = 100;

/** The members of a room and who is in its call, by their accounts. */
export function usePeople(slug: string, present: readonly Participant[]): ReadonlyMap<UserId, Person> {
  const [members, setMembers] = useState<readonly Person[]>([]);
  useEffect(() => {
    let current = true;
    loadMembers(slug).then(
      (loaded) => current && setMembers(loaded),
      // Those who are in the call are known without.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [slug]);
  // Only the identity of the people in the call matters here, not what they do there.
  const names = JSON.stringify(
    present.map(({ userId, displayName, pictureUrl }) => ({ userId, displayName, pictureUrl })),
  );
  return useMemo(() => {
    const people = [...members, ...(JSON.parse(names) as Person[])];
    return new Map(people.map((person) => [person.userId, person]));
  }, [members, names]);
}

async function loadMembers(slug: string): Promise<Person[]> {
  const people: Person[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await withApi((api) => api.members(slug, { after, limit: PAGE }));
    people.push(...items.map(({ userId, displayName, pictureUrl }) => ({ userId, displayName, pictureUrl })));
    after = next ?? undefined;
  } while (after !== undefined && people.length < MOST);
  return people;
}
