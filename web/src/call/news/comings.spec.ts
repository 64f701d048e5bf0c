import { headlinesOf, type Coming } from './comings.js';

const joined = (name: string): Coming => ({ type: 'joined', userId: `id of ${name}`, name });
const left = (name: string, reason: 'left' | 'timed-out' | 'kicked' | 'replaced' = 'left'): Coming => ({
  type: 'left',
  userId: `id of ${name}`,
  name,
  reason,
});
const NOTHING = { joined: [], left: [], removed: [], lost: [] };

describe('what is told of comings and goings', () => {
  it('is who joined and who left, together', () => {
    expect(headlinesOf([joined('Ann'), left('Cleo'), joined('Ben')])).toEqual({
      ...NOTHING,
      joined: ['Ann', 'Ben'],
      left: ['Cleo'],
    });
  });

  it('tells apart who left, who was removed and who lost the connection', () => {
    expect(headlinesOf([left('Ann'), left('Ben', 'kicked'), left('Cleo', 'timed-out')])).toEqual({
      joined: [],
      left: ['Ann'],
      removed: ['Ben'],
      lost: ['Cleo'],
    });
  });

  it('is nothing when somebody refreshes the page', () => {
    expect(headlinesOf([left('Ann'), joined('Ann')])).toEqual(NOTHING);
  });

  it('is nothing when somebody looks in and goes', () => {
    expect(headlinesOf([joined('Ann'), left('Ann')])).toEqual(NOTHING);
  });

  it('is the last word when somebody comes and goes more than once', () => {
    expect(headlinesOf([joined('Ann'), left('Ann'), joined('Ann')])).toEqual({ ...NOTHING, joined: ['Ann'] });
  });

  it('is nothing when an account moves to another window', () => {
    expect(headlinesOf([left('Ann', 'replaced')])).toEqual(NOTHING);
  });
});
