import type { Role, UserId } from '@minimeet/protocol';

/** The facts about one person in a call that the choice depends on. */
export interface Candidate {
  userId: UserId;
  /** By the room's record. */
  role: Role;
  /** When they came into this call. */
  since: Date;
}

/**
 * Chooses the acting host of a call: nobody while a host is there; else the moderator who has been there longest, else
 * such a member, never a guest. Between two who came in the same millisecond the smaller id wins.
 *
 * The choice depends only on who is there now, so that every order of comings, goings and promotions ends the same.
 */
export function actingHost<Person extends Candidate>(people: readonly Person[]): Person | null {
  if (people.some(({ role }) => role === 'host')) return null;
  return longestServing(people, 'moderator') ?? longestServing(people, 'member');
}

function longestServing<Person extends Candidate>(people: readonly Person[], role: Role): Person | null {
  const candidates = people.filter((person) => person.role === role);
  return candidates.reduce<Person | null>(
    (first, person) => (first && !isBefore(person, first) ? first : person),
    null,
  );
}

function isBefore(a: Candidate, b: Candidate): boolean {
  const difference = a.since.getTime() - b.since.getTime();
  return difference === 0 ? a.userId < b.userId : difference < 0;
}
