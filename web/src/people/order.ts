import type { Participant, Role } from '@minimeet/protocol';

const RANKS: Record<Role, number> = { host: 0, moderator: 1, member: 2, guest: 2 };

/** Oneself first, then hosts, then moderators, then everybody else by name. @param locale an RFC 5646 tag. */
export function inOrder(self: Participant, others: readonly Participant[], locale: string): Participant[] {
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  const sorted = [...others].sort(
    (a, b) =>
      RANKS[a.role] - RANKS[b.role] ||
      compare(a.displayName, b.displayName) ||
      // Two people of one name keep their places.
      (a.id < b.id ? -1 : 1),
  );
  return [self, ...sorted];
}

/** People whose hand is up, in the order in which they raised it. */
export function handsInLine(people: readonly Participant[]): Participant[] {
  return people
    .flatMap((person) => (person.handRaisedAt === null ? [] : [{ person, since: person.handRaisedAt }]))
    .sort((a, b) => a.since.localeCompare(b.since))
    .map(({ person }) => person);
}

/** Whether a name has every word of what is looked for, without regard to case and accents. */
export function isNamed(name: string, query: string): boolean {
  const plain = plainOf(name);
  return plainOf(query)
    .split(/\s+/)
    .every((word) => plain.includes(word));
}

function plainOf(text: string): string {
  // Letters that Unicode does not take apart.
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ł', 'l').replaceAll('ß', 'ss').trim();
}
