import { Farewells } from './farewells.js';

it.each([
  ['replaced', 'replaced'],
  ['kicked', 'kicked'],
  ['banned', 'banned'],
  ['room-ended', 'room-ended'],
  ['left', null],
  ['timed-out', null],
  ['draining', null],
  ['failed', null],
] as const)('a stay that ended as %s is remembered as %s', (reason, expected) => {
  const farewells = new Farewells();
  farewells.remember('token', 'room', 'ann', reason);
  expect(farewells.of('token', 'room', 'ann')).toBe(expected);
});

it('is told to its own account and of its own room only', () => {
  const farewells = new Farewells();
  farewells.remember('token', 'room', 'ann', 'kicked');
  expect(farewells.of('token', 'room', 'ben')).toBeNull();
  expect(farewells.of('token', 'elsewhere', 'ann')).toBeNull();
  expect(farewells.of('another', 'room', 'ann')).toBeNull();
});

it('is forgotten after two hours, and when there are too many', () => {
  let nowMs = 0;
  const farewells = new Farewells(() => nowMs);
  farewells.remember('first', 'room', 'ann', 'kicked');
  nowMs = 7_200_000;
  expect(farewells.of('first', 'room', 'ann')).toBe('kicked');
  nowMs += 1;
  expect(farewells.of('first', 'room', 'ann')).toBeNull();
  for (let index = 0; index <= 10_000; index += 1) farewells.remember(`token-${index}`, 'room', 'ann', 'replaced');
  expect(farewells.of('token-0', 'room', 'ann')).toBeNull();
  expect(farewells.of('token-1', 'room', 'ann')).toBe('replaced');
});
