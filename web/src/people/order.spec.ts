import type { Participant, Role } from '@minimeet/protocol';
import { handsInLine, inOrder, isNamed } from './order.js';

function person(displayName: string, role: Role = 'member', handRaisedAt: string | null = null): Participant {
  const id = `${displayName}-${role}`;
  return {
    id,
    userId: id,
    displayName,
    role,
    joinedAt: '2026-11-26T10:00:00.000Z',
    publications: [],
    pictureUrl: null,
    handRaisedAt,
    away: false,
  };
}

const names = (people: Participant[]) => people.map(({ displayName }) => displayName);

describe('the people of a call', () => {
  it('are listed with oneself first, then hosts, moderators and everybody else by name', () => {
    const others = [
      person('Zoe'),
      person('Émile', 'guest'),
      person('Mia', 'moderator'),
      person('Hanna', 'host'),
      person('anton'),
      person('Room 10'),
      person('Room 9'),
    ];
    expect(names(inOrder(person('Wanda'), others, 'en'))).toEqual([
      'Wanda',
      'Hanna',
      'Mia',
      'anton',
      'Émile',
      'Room 9',
      'Room 10',
      'Zoe',
    ]);
  });

  it('stand in line for the word in the order in which they raised their hands', () => {
    const people = [
      person('Late', 'host', '2026-11-26T10:05:00.000Z'),
      person('Quiet'),
      person('Early', 'guest', '2026-11-26T10:01:00.000Z'),
    ];
    expect(names(handsInLine(people))).toEqual(['Early', 'Late']);
  });

  it.each([
    ['Łukasz Żak', 'luk zak', true],
    ['Jörg Weiß', 'WEISS', true],
    ['Ann Lee', 'lee ann', true],
    ['Ann Lee', 'anna', false],
    ['Ann Lee', '', true],
  ])('%s is found by “%s”: %s', (name, query, found) => {
    expect(isNamed(name, query)).toBe(found);
  });
});
