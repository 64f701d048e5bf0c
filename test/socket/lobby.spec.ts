import { TIMES } from '@minimeet/protocol';
import { CutLine } from '../support/cut-line.js';
import { eventually } from '../support/eventually.js';
import { type Attendee, Meeting } from '../support/meeting.js';
import { Person } from '../support/person.js';
import { useServer } from '../support/server.js';
import { whileShorter } from '../support/shorter.js';

const { server } = useServer();
let meeting: Meeting;
let room: string;

beforeEach(async () => {
  meeting = await Meeting.of(server);
  room = meeting.slug;
  await meeting.owner.rest('PATCH', `rooms/${room}`, { access: 'lobby' });
});

/** Waits in the lobby. */
async function knocking(name: string, role: 'member' | 'guest' = 'member'): Promise<Person> {
  const person = await meeting.outsider(name, role);
  expect(await person.refused('join_room', { room })).toMatchObject({ code: 'ADMISSION_REQUIRED' });
  await person.request('request_admission', { room });
  return person;
}

/** Who waits, as somebody in the call was told last. */
function waiting({ person }: Attendee): string[] | undefined {
  return person
    .heardOf('lobby_changed')
    .at(-1)
    ?.waiting.map(({ displayName }) => displayName);
}

async function seesWaiting(attendee: Attendee, names: string[]): Promise<void> {
  await attendee.person.hears('lobby_changed', () => waiting(attendee)?.join() === names.join());
}

async function entryOf(attendee: Attendee, name: string): Promise<string> {
  const { waiting } = await attendee.person.hears('lobby_changed', (told) =>
    told.waiting.some(({ displayName }) => displayName === name),
  );
  return waiting.find(({ displayName }) => displayName === name)?.id ?? '';
}

it('hosts and moderators in the call see who waits, at once and when they come; nobody else does', async () => {
  await knocking('Early');
  const owner = await meeting.owner.join(room);
  expect(owner.lobby).toMatchObject([{ displayName: 'Early', isGuest: false }]);
  meeting.owner.heard.length = 0;
  const host: Attendee = { person: meeting.owner, id: owner.self.id };

  const ben = await meeting.outsider('Ben');
  await ben.request('request_admission', { room });
  await host.person.request('admit_participant', { participantId: await entryOf(host, 'Ben'), admit: true });
  await ben.hears('admission');
  const { lobby } = await ben.join(room);
  expect(lobby).toEqual([]);
  await knocking('Guest', 'guest');
  await seesWaiting(host, ['Early', 'Guest']);
  expect(host.person.heardOf('lobby_changed').at(-1)?.waiting[1]).toMatchObject({ isGuest: true });
  await ben.fence();
  expect(ben.heardOf('lobby_changed')).toEqual([]);
});

it('who becomes a moderator sees who waits, and who is none any more sees nobody', async () => {
  const host = await meeting.comes(meeting.owner);
  const ben = await knocking('Ben');
  await host.person.request('admit_participant', { participantId: await entryOf(host, 'Ben'), admit: true });
  await ben.hears('admission');
  const member = await meeting.comes(ben);
  await knocking('Cleo');
  await seesWaiting(host, ['Cleo']);
  await host.person.request('set_role', { participantId: member.id, role: 'moderator' });
  await seesWaiting(member, ['Cleo']);
  await host.person.request('set_role', { participantId: member.id, role: 'member' });
  await seesWaiting(member, []);
});

it.each(['member', 'guest'] as const)(
  'a %s who is let in joins with the id that they had in the lobby',
  async (role) => {
    const host = await meeting.comes(meeting.owner);
    const cleo = await knocking('Cleo', role);
    const participantId = await entryOf(host, 'Cleo');
    await host.person.request('admit_participant', { participantId, admit: true });
    expect(await cleo.hears('admission')).toEqual({ room, admitted: true });
    await seesWaiting(host, []);
    const { self } = await cleo.join(room);
    expect(self).toMatchObject({ id: participantId, role });
    // From now on they are a member, whom nobody has to let in again.
    await cleo.request('leave_room');
    await cleo.join(room);
  },
);

it('keeps the id through prepared media, and two tabs that come never have the same', async () => {
  const host = await meeting.comes(meeting.owner);
  const cleo = await knocking('Cleo');
  const participantId = await entryOf(host, 'Cleo');
  await host.person.request('admit_participant', { participantId, admit: true });
  await cleo.hears('admission');
  const tab = await cleo.anotherTab();
  const { routerRtpCapabilities: rtpCapabilities } = cleo.welcome;
  await Promise.all([cleo, tab].map((one) => one.request('prepare_media', { room, rtpCapabilities })));
  const [first, second] = await Promise.all([cleo.joinWithMedia(room), tab.joinWithMedia(room)]);
  const ids = [first.self.id, second.self.id];
  expect(ids).toContain(participantId);
  expect(new Set(ids).size).toBe(2);
});

it('who is not let in is told so, and may ask again after a while only', async () => {
  const host = await meeting.comes(meeting.owner);
  const cleo = await knocking('Cleo');
  await host.person.request('admit_participant', { participantId: await entryOf(host, 'Cleo'), admit: false });
  expect(await cleo.hears('admission')).toEqual({ room, admitted: false });
  await seesWaiting(host, []);
  expect(await cleo.refused('join_room', { room })).toMatchObject({ code: 'ADMISSION_REQUIRED' });
  expect(await cleo.refused('request_admission', { room })).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
  const tab = await cleo.anotherTab();
  expect(await tab.refused('request_admission', { room })).toMatchObject({ code: 'RATE_LIMITED' });
});

it('who was not let in waits again when they ask later', () =>
  whileShorter(TIMES, { admissionRetryMs: 500 }, async () => {
    const host = await meeting.comes(meeting.owner);
    const cleo = await knocking('Cleo');
    const participantId = await entryOf(host, 'Cleo');
    const refusedAtMs = performance.now();
    await host.person.request('admit_participant', { participantId, admit: false });
    await cleo.hears('admission');
    await eventually(
      async () => (await cleo.ask('request_admission', { room })).ok || undefined,
      'they may not ask again',
    );
    expect(performance.now() - refusedAtMs).toBeGreaterThan(TIMES.admissionRetryMs - 10);
    await seesWaiting(host, ['Cleo']);
  }));

it('an account waits once, and all its tabs hear the answer', async () => {
  const host = await meeting.comes(meeting.owner);
  const cleo = await knocking('Cleo');
  const tab = await cleo.anotherTab();
  await Promise.all([tab.request('request_admission', { room }), cleo.request('request_admission', { room })]);
  expect(host.person.heardOf('lobby_changed')).toHaveLength(1);
  // One tab less is nobody less.
  const third = await cleo.anotherTab();
  await third.request('request_admission', { room });
  third.leave();
  await host.person.request('admit_participant', { participantId: await entryOf(host, 'Cleo'), admit: true });
  for (const one of [cleo, tab]) expect(await one.hears('admission')).toEqual({ room, admitted: true });
  expect(host.person.heardOf('lobby_changed')).toHaveLength(2);
});

describe('waiting ends', () => {
  it('with the connection, by leave_room, and by asking elsewhere', async () => {
    const host = await meeting.comes(meeting.owner);
    const other = await Meeting.of(server);
    await other.owner.rest('PATCH', `rooms/${other.slug}`, { access: 'lobby' });
    for (const end of [
      (person: Person) => Promise.resolve(person.drop()),
      (person: Person) => Promise.resolve(person.leave()),
      (person: Person) => person.request('leave_room'),
      (person: Person) => person.request('request_admission', { room: other.slug }),
    ]) {
      host.person.heard.length = 0;
      const cleo = await knocking('Cleo');
      await seesWaiting(host, ['Cleo']);
      await end(cleo);
      await seesWaiting(host, []);
    }
  });

  it('within 20 s of a client that vanished without a word', async () => {
    const host = await meeting.comes(meeting.owner);
    const line = await CutLine.to(server.origin);
    const cleo = await Person.connected(line.origin, 'Vanished');
    await cleo.request('request_admission', { room });
    await seesWaiting(host, ['Vanished']);
    line.freeze();
    await eventually(() => (waiting(host)?.length === 0 ? true : undefined), 'they still wait', TIMES.vanishedMs);
    line.close();
  }, 40_000);

  it('by leave_room right behind the asking', async () => {
    const host = await meeting.comes(meeting.owner);
    const cleo = await meeting.outsider('Cleo');
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([cleo.request('request_admission', { room }), cleo.request('leave_room')]);
      expect(await cleo.refused('leave_room', {})).toMatchObject({ code: 'WRONG_STATE' });
    }
    expect(waiting(host)).toEqual([]);
  });

  it('by leave_room, which ends a call at the same time', async () => {
    const host = await meeting.comes(meeting.owner);
    const cleo = await knocking('Cleo');
    await host.person.request('admit_participant', { participantId: await entryOf(host, 'Cleo'), admit: true });
    await cleo.hears('admission');
    await cleo.join(room);
    const other = await Meeting.of(server);
    await other.owner.rest('PATCH', `rooms/${other.slug}`, { access: 'lobby' });
    await cleo.request('request_admission', { room: other.slug });
    await cleo.request('leave_room');
    await host.person.hears('participant_left');
    expect((await other.owner.join(other.slug)).lobby).toEqual([]);
  });

  it.each([
    [{ access: 'open' }, true],
    [{ access: 'invited' }, false],
    [{ access: 'password', password: 'open sesame' }, false],
    [{ access: 'open', locked: true }, false],
  ])('when the room gets %j: admitted is %s', async (change, admitted) => {
    const cleo = await knocking('Cleo');
    await meeting.owner.rest('PATCH', `rooms/${room}`, change);
    expect(await cleo.hears('admission')).toEqual({ room, admitted });
    expect((await cleo.ask('join_room', { room })).ok).toBe(admitted);
  });

  it('when the room is deleted, and when its call is ended for all', async () => {
    const cleo = await knocking('Cleo');
    await meeting.comes(meeting.owner);
    await meeting.owner.request('end_room');
    expect(await cleo.hears('admission')).toEqual({ room, admitted: false });
    cleo.heard.length = 0;
    await cleo.request('request_admission', { room });
    await meeting.owner.rest('DELETE', `rooms/${room}`);
    expect(await cleo.hears('admission')).toEqual({ room, admitted: false });
  });

  it('with a ban', async () => {
    const cleo = await knocking('Cleo');
    await meeting.owner.rest('DELETE', `rooms/${room}/members/${cleo.userId}?ban=true`);
    expect(await cleo.hears('admission')).toEqual({ room, admitted: false });
    expect(await cleo.refused('request_admission', { room })).toMatchObject({ code: 'BANNED' });
  });
});

describe('asking', () => {
  it('as a member is answered at once: one need not wait', async () => {
    await meeting.owner.request('request_admission', { room });
    expect(await meeting.owner.hears('admission')).toEqual({ room, admitted: true });
  });

  it.each([
    [{ access: 'open' }, 'WRONG_STATE'],
    [{ access: 'invited' }, 'WRONG_STATE'],
    [{ locked: true }, 'ROOM_LOCKED'],
  ])('in a room with %j is refused with %s', async (change, code) => {
    const cleo = await meeting.outsider('Cleo');
    await meeting.owner.rest('PATCH', `rooms/${room}`, change);
    expect(await cleo.refused('request_admission', { room })).toMatchObject({ code });
  });

  it('for a room that is not there is refused', async () => {
    const cleo = await meeting.outsider('Cleo');
    expect(await cleo.refused('request_admission', { room: 'no-such-room' })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('never leaves anybody waiting where no lobby is any more', async () => {
    for (let round = 0; round < 10; round += 1) {
      const cleo = await meeting.outsider(`Cleo ${round}`);
      const [ack] = await Promise.all([
        cleo.ask('request_admission', { room }),
        meeting.owner.rest('PATCH', `rooms/${room}`, { access: 'open' }),
      ]);
      if (ack.ok) expect(await cleo.hears('admission')).toEqual({ room, admitted: true });
      else expect(ack.error.code).toBe('WRONG_STATE');
      await cleo.join(room);
      await meeting.owner.rest('PATCH', `rooms/${room}`, { access: 'lobby' });
    }
  });
});

describe('letting in', () => {
  it('by two at once, one way and the other, happens one way', async () => {
    const host = await meeting.comes(meeting.owner);
    const mo = await knocking('Mo');
    await host.person.request('admit_participant', { participantId: await entryOf(host, 'Mo'), admit: true });
    await mo.hears('admission');
    const moderator = await meeting.comes(mo);
    await meeting.changeRole(mo, 'moderator');
    for (let round = 0; round < 10; round += 1) {
      const cleo = await knocking(`Cleo ${round}`);
      const participantId = await entryOf(host, `Cleo ${round}`);
      const acks = await Promise.all([
        host.person.ask('admit_participant', { participantId, admit: true }),
        moderator.person.ask('admit_participant', { participantId, admit: false }),
      ]);
      expect(acks.filter(({ ok }) => ok)).toHaveLength(1);
      const { admitted } = await cleo.hears('admission');
      expect((await cleo.ask('join_room', { room })).ok).toBe(admitted);
      expect(cleo.heardOf('admission')).toHaveLength(1);
    }
  });

  it('into a locked room is refused, and they go on waiting', async () => {
    const host = await meeting.comes(meeting.owner);
    const cleo = await knocking('Cleo');
    const participantId = await entryOf(host, 'Cleo');
    await host.person.request('set_room_lock', { locked: true });
    expect(await host.person.refused('admit_participant', { participantId, admit: true })).toMatchObject({
      code: 'ROOM_LOCKED',
    });
    await cleo.fence();
    expect(cleo.heardOf('admission')).toEqual([]);
    await host.person.request('set_room_lock', { locked: false });
    await host.person.request('admit_participant', { participantId, admit: true });
    expect(await cleo.hears('admission')).toEqual({ room, admitted: true });
  });

  it('works for who acts as the host while none is there', async () => {
    await meeting.owner.rest('PATCH', `rooms/${room}`, { access: 'open' });
    const ben = await meeting.enters('Ben', 'member');
    await meeting.owner.rest('PATCH', `rooms/${room}`, { access: 'lobby' });
    const cleo = await knocking('Cleo');
    await ben.person.request('admit_participant', { participantId: await entryOf(ben, 'Cleo'), admit: true });
    expect(await cleo.hears('admission')).toEqual({ room, admitted: true });
  });
});
