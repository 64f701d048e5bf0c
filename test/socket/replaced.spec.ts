import type { LeaveReason } from '@minimeet/protocol';
import { eventually } from '../support/eventually.js';
import { Meeting } from '../support/meeting.js';
import type { Person } from '../support/person.js';
import { useServer } from '../support/server.js';

const { server } = useServer();
let meeting: Meeting;
let room: string;

beforeEach(async () => {
  meeting = await Meeting.of(server);
  room = meeting.slug;
  await meeting.comes(meeting.owner);
});

/** Loses the connection, of which nobody has told the server's other half yet, and connects again. */
async function reconnected(person: Person): Promise<Person> {
  person.drop();
  person.heard.length = 0;
  await person.connect();
  return person;
}

describe('of one account in two tabs', () => {
  it('the newer one is in the call, the older one is told, and the others see the person stay', async () => {
    const ben = await meeting.enters('Ben', 'member');
    await ben.person.request('raise_hand', { raised: true });
    meeting.owner.heard.length = 0;
    const tab = await ben.person.anotherTab();
    const { self } = await tab.join(room);
    expect(await ben.person.hears('removed')).toEqual({ reason: 'replaced' });
    expect(self.handRaisedAt).not.toBeNull();
    await meeting.owner.hears('participant_left');
    // Come before gone.
    expect(meeting.owner.heard.map(({ name }) => name)).toEqual(['participant_joined', 'participant_left']);
    await tab.fence();
    expect(tab.heardOf('removed')).toEqual([]);
  });

  it('the one that lost its place while its connection was gone is not let back by its token', async () => {
    const ben = await meeting.outsider('Ben');
    const { resumeToken } = await ben.join(room);
    ben.drop();
    const tab = await ben.anotherTab();
    const { self } = await tab.join(room);
    await reconnected(ben);
    expect(await ben.refused('join_room', { room, resumeToken })).toMatchObject({
      code: 'WRONG_STATE',
      retryable: false,
    });
    expect(await ben.hears('removed')).toEqual({ reason: 'replaced' });
    await tab.fence();
    expect(tab.heardOf('removed')).toEqual([]);
    await tab.request('raise_hand', { raised: true });
    // By a click, without the token, the person moves back.
    expect((await ben.join(room)).self.id).not.toBe(self.id);
    expect(await tab.hears('removed')).toEqual({ reason: 'replaced' });
  });

  it('not even with a token that nobody remembers, while the other tab is in the call', async () => {
    const ben = await meeting.enters('Ben', 'member');
    const tab = await ben.person.anotherTab();
    expect(await tab.refused('join_room', { room, resumeToken: 'of-last-week' })).toMatchObject({
      code: 'WRONG_STATE',
    });
    expect(await tab.hears('removed')).toEqual({ reason: 'replaced' });
    await ben.person.fence();
    expect(ben.person.heardOf('removed')).toEqual([]);
  });

  it('a forgotten token comes in anew when nobody else is there by that account', async () => {
    const ben = await meeting.outsider('Ben');
    const { resumed } = await ben.join(room, { resumeToken: 'of-last-week' });
    expect(resumed).toBe(false);
  });

  it('a hundred that fight for it by reconnecting end with the one that came last by a click', async () => {
    const ben = await meeting.outsider('Ben');
    const tabs = await Promise.all(Array.from({ length: 20 }, () => ben.anotherTab()));
    const tokens: string[] = [];
    for (const tab of tabs) tokens.push((await tab.join(room)).resumeToken);
    const winner = tabs.at(-1);
    const losers = tabs.slice(0, -1);
    for (let round = 0; round < 5; round += 1) {
      const acks = await Promise.all(
        losers.map((tab, index) => tab.ask('join_room', { room, resumeToken: tokens[index] })),
      );
      expect(acks.filter(({ ok }) => ok)).toEqual([]);
    }
    await winner?.fence();
    expect(winner?.heardOf('removed')).toEqual([]);
    expect(await ben.rest('GET', `rooms/${room}`)).toMatchObject({ participantCount: 2 });
  });
});

it.each<[LeaveReason, object]>([
  ['kicked', { ban: false }],
  ['banned', { ban: true }],
])(
  'who was %s while their connection was lost hears of it, and does not come back by their token',
  async (reason, ban) => {
    const ben = await meeting.outsider('Ben');
    const { resumeToken, self } = await ben.join(room);
    ben.drop();
    await eventually(
      async () => (await meeting.owner.ask('remove_participant', { participantId: self.id, ...ban })).ok || undefined,
      'could not be removed',
    );
    await reconnected(ben);
    expect(await ben.refused('join_room', { room, resumeToken })).toMatchObject({ code: 'WRONG_STATE' });
    expect(await ben.hears('removed')).toEqual({ reason });
    expect(meeting.owner.heardOf('participant_joined').filter(({ participant }) => participant.id !== self.id)).toEqual(
      [],
    );
  },
);
