import type { UserId } from '@minimeet/protocol';

/** Somebody whom a message can call. */
export interface Person {
  userId: UserId;
  displayName: string;
  /** A path on this server; `null` without a picture. */
  pictureUrl: string | null;
}

/** The `@` that somebody is typing a name after: where it begins, and what follows it up to the caret. */
export interface MentionQuery {
  start: number;
  query: string;
}

const SUGGESTIONS = 6;
/** Longer than any name that one would go on looking for. */
const QUERY_LENGTH = 40;

/** @returns `null` when the caret is not behind an `@` that begins a word. */
export function mentionQueryAt(text: string, caret: number): MentionQuery | null {
  const start = text.lastIndexOf('@', caret - 1);
  if (start < 0 || (start > 0 && !/[\s(]/.test(text.charAt(start - 1)))) return null;
  const query = text.slice(start + 1, caret);
  return query.length > QUERY_LENGTH || /[\n@]|^\s|\s\s/.test(query) ? null : { start, query };
}

/** The people whose name, or a word of it, begins with the query. */
export function suggestionsFor(query: string, people: readonly Person[]): Person[] {
  const wanted = folded(query);
  const rank = ({ displayName }: Person) => {
    const name = folded(displayName);
    if (name.startsWith(wanted)) return 0;
    return name.split(/\s+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  return people
    .filter((person) => rank(person) < 2)
    .sort((a, b) => rank(a) - rank(b) || a.displayName.localeCompare(b.displayName))
    .slice(0, SUGGESTIONS);
}

/** @returns the text with the name in the place of what was typed, and where the caret goes. */
export function withMention(
  text: string,
  { start, query }: MentionQuery,
  name: string,
): { text: string; caret: number } {
  const before = `${text.slice(0, start)}@${name} `;
  return { text: before + text.slice(start + 1 + query.length).replace(/^ /, ''), caret: before.length };
}

/** Those of the people whom a text calls by name. */
export function mentionedIn(text: string, people: readonly Person[]): UserId[] {
  return people.filter(({ displayName }) => text.includes(`@${displayName}`)).map(({ userId }) => userId);
}

/** Part of a text; `person` when it calls one. */
export interface TextPart {
  text: string;
  person: Person | null;
}

/** Cuts a text at the names that it calls; the longest counts where names begin alike. */
export function partsOf(text: string, mentioned: readonly Person[]): TextPart[] {
  const longestFirst = [...mentioned].sort((a, b) => b.displayName.length - a.displayName.length);
  const parts: TextPart[] = [];
  let plain = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const person = longestFirst.find(({ displayName }) => text.startsWith(displayName, at + 1));
    if (!person) continue;
    if (at > plain) parts.push({ text: text.slice(plain, at), person: null });
    plain = at + 1 + person.displayName.length;
    parts.push({ text: text.slice(at, plain), person });
    at = plain - 1;
  }
  if (plain < text.length) parts.push({ text: text.slice(plain), person: null });
  return parts;
}

/** Without regard to case and to accents. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
