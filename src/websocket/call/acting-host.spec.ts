import type { Role } from '@minimeet/protocol';
import { actingHost, type Candidate } from './acting-host.js';

/** `ann:host@3`: Ann is a host and came at 3. */
function person(text: string): Candidate {
  const [userId = '', role, at] = text.split(/[:@]/);
  return { userId, role: role as Role, since: new Date(Number(at)) };
}

it.each<[string, string, string | null]>([
  ['nobody is in the call', '', null],
  ['the host is there', 'ann:host@1 ben:moderator@0', null],
  ['one of two hosts has left', 'cleo:host@5 ben:moderator@0', null],
  ['one host is left alone', 'ann:host@1', null],
  ['moderators are left: the longest-serving', 'ben:moderator@3 cleo:moderator@2 dan:moderator@4', 'cleo'],
  ['a member has been there longer than the moderator', 'dan:member@0 ben:moderator@9', 'ben'],
  ['members are left: the longest-serving', 'eve:member@7 dan:member@6', 'dan'],
  ['a guest has been there longer than the member', 'gus:guest@0 dan:member@9', 'dan'],
  ['only guests are left', 'gus:guest@0 gil:guest@1', null],
  ['two moderators came in the same millisecond', 'cleo:moderator@2 ben:moderator@2', 'ben'],
  ['two members came in the same millisecond', 'ben:member@2 cleo:member@2 gus:guest@2', 'ben'],
])('when %s', (_what, people, expected) => {
  const candidates = people.split(' ').filter(Boolean).map(person);
  expect(actingHost(candidates)?.userId ?? null).toBe(expected);
  // The order of the people does not matter.
  expect(actingHost([...candidates].reverse())?.userId ?? null).toBe(expected);
});
