import { ROLES, type Role } from '@minimeet/protocol';
import { powersOver, type OwnRole } from './powers.js';

const as = (role: Role): OwnRole => ({ inCall: role, recorded: role });
const ACTING: OwnRole = { inCall: 'host', recorded: 'member' };
const NONE = { mute: false, lowerHand: false, remove: false, ban: false, roles: [] };

describe('what one may do to somebody in the call', () => {
  it.each(['member', 'guest'] as const)('is nothing for a %s', (role) => {
    for (const target of ROLES) expect(powersOver(as(role), target)).toEqual(NONE);
  });

  it('is all for a host, who gives every role but the one that somebody has', () => {
    expect(powersOver(as('host'), 'member')).toEqual({
      mute: true,
      lowerHand: true,
      remove: true,
      ban: true,
      roles: ['host', 'moderator'],
    });
    expect(powersOver(as('host'), 'host')).toMatchObject({ mute: true, remove: true, roles: ['moderator', 'member'] });
  });

  it('is no role for a guest, who stays one', () => {
    expect(powersOver(as('host'), 'guest').roles).toEqual([]);
  });

  it('is for a moderator to lower a host’s hand, and nothing else of theirs', () => {
    expect(powersOver(as('moderator'), 'host')).toEqual({ ...NONE, lowerHand: true });
  });

  it('is for a moderator to mute, remove and ban everybody else, without giving roles', () => {
    for (const target of ['moderator', 'member', 'guest'] as const) {
      expect(powersOver(as('moderator'), target)).toEqual({
        ...NONE,
        mute: true,
        lowerHand: true,
        remove: true,
        ban: true,
      });
    }
  });

  it('ends with the call for a member who acts as the host: no bans, no roles', () => {
    expect(powersOver(ACTING, 'member')).toEqual({ ...NONE, mute: true, lowerHand: true, remove: true });
    expect(powersOver({ inCall: 'host', recorded: 'moderator' }, 'member')).toMatchObject({ ban: true, roles: [] });
  });
});
