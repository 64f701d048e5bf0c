import { CALL_REACTIONS, LIMITS, type Participant, type Room } from '@minimeet/protocol';
import type { Person } from '../support/person.js';
import { useServer } from '../support/server.js';

const { person } = useServer();
/** The host. */
let ann: Person;
/** A member. */
let ben: Person;
let cleo: Person;
let room: Room;

beforeEach(async () => {
  ann = await person('Ann');
  ben = await person('Ben');
  cleo = await person('Cleo');
  room = await ann.createRoom();
  for (const person of [ann, ben, cleo]) await person.join(room.slug);
});

/** Waits until somebody is told of a person as they are then. */
async function isTold(listener: Person, of: Person, fits: (participant: Participant) => boolean): Promise<Participant> {
  const { participant } = await listener.hears(
    'participant_updated',
    (told) => told.participant.userId === of.userId && fits(told.participant),
  );
  return participant;
}

const hasHand = ({ handRaisedAt }: Participant): boolean => handRaisedAt !== null;

describe('a hand', () => {
  it('that is raised is told to everybody, themselves too, with the time; raising it again keeps the place in line', async () => {
    await ben.request('raise_hand', { raised: true });
    const told = await Promise.all([ann, ben, cleo].map((listener) => isTold(listener, ben, hasHand)));
    expect(new Set(told.map(({ handRaisedAt }) => handRaisedAt)).size).toBe(1);
    ann.heard.length = 0;
    await ben.request('raise_hand', { raised: true });
    const dan = await person('Dan');
    const { participants } = await dan.join(room.slug);
    expect(participants.find(({ userId }) => userId === ben.userId)?.handRaisedAt).toBe(told[0]?.handRaisedAt);
    await ann.fence();
    expect(ann.heardOf('participant_updated')).toEqual([]);
  });

  it('is lowered by its owner, and by a host', async () => {
    for (const [lowerer, payload] of [
      [ben, { raised: false }],
      [ann, { raised: false, participantId: '' }],
    ] as const) {
      await ben.request('raise_hand', { raised: true });
      const { id } = await isTold(cleo, ben, hasHand);
      cleo.heard.length = 0;
      await lowerer.request('raise_hand', 'participantId' in payload ? { ...payload, participantId: id } : payload);
      await isTold(cleo, ben, (participant) => !hasHand(participant));
    }
    await isTold(ben, ben, (participant) => !hasHand(participant));
  });

  it('is not lowered by another member, and raised by nobody else', async () => {
    await ben.request('raise_hand', { raised: true });
    const { id } = await isTold(cleo, ben, hasHand);
    expect(await cleo.refused('raise_hand', { raised: false, participantId: id })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await ann.refused('raise_hand', { raised: true, participantId: id })).toMatchObject({
      code: 'INVALID_PAYLOAD',
    });
    expect(await ann.refused('raise_hand', { raised: false, participantId: crypto.randomUUID() })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('stays up over a lost connection, and goes with its owner to another tab', async () => {
    await ben.request('raise_hand', { raised: true });
    const { handRaisedAt } = await isTold(ann, ben, hasHand);
    const tab = await ben.anotherTab();
    const { self } = await tab.join(room.slug);
    expect(self.handRaisedAt).toBe(handRaisedAt);
  });
});

it.each(CALL_REACTIONS)('%s is shown to everybody, oneself too, and not kept', async (reaction) => {
  await ben.request('send_reaction', { reaction });
  const heard = await Promise.all([ann, ben, cleo].map((listener) => listener.hears('reaction')));
  expect(new Set(heard.map((told) => JSON.stringify(told))).size).toBe(1);
  expect(heard[0]?.reaction).toBe(reaction);
});

it('who is away, and who is back, is told to everybody once', async () => {
  await ben.request('set_display_state', { away: true });
  await ben.request('set_display_state', { away: true });
  await isTold(ann, ben, ({ away }) => away);
  await ben.request('set_display_state', { away: false });
  await isTold(ann, ben, ({ away }) => !away);
  expect(ann.heardOf('participant_updated')).toHaveLength(2);
});

it('signs are bounded, so that nobody floods a call', async () => {
  const acks = await Promise.all(
    Array.from({ length: LIMITS.signBurst * 3 }, () => ben.ask('send_reaction', { reaction: '🎉' })),
  );
  const refused = acks.filter((ack) => !ack.ok);
  expect(refused.length).toBeGreaterThanOrEqual(LIMITS.signBurst * 2 - LIMITS.signsPerSecond * 2);
  expect(refused[0]).toMatchObject({ error: { code: 'RATE_LIMITED', retryable: true } });
  // Others are not held up by it.
  await ann.request('send_reaction', { reaction: '👏' });
});
