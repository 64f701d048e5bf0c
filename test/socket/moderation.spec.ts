import { ROLES, type Role } from '@minimeet/protocol';
import { eventually } from '../support/eventually.js';
import { type Attendee, Meeting } from '../support/meeting.js';
import { producerOptions } from '../support/rtp.js';
import { useServer } from '../support/server.js';

const { server } = useServer();
let meeting: Meeting;

beforeEach(async () => {
  meeting = await Meeting.of(server);
});

describe('what somebody may do to somebody in the call', () => {
  /** On whom: of hosts, moderators, members and guests. Everything else is FORBIDDEN. */
  const POWERS: Record<string, Record<Role, readonly Role[]>> = {
    'lower a hand': { host: ROLES, moderator: ROLES, member: [], guest: [] },
    mute: { host: ROLES, moderator: ['moderator', 'member', 'guest'], member: [], guest: [] },
    remove: { host: ROLES, moderator: ['moderator', 'member', 'guest'], member: [], guest: [] },
    ban: { host: ROLES, moderator: ['moderator', 'member', 'guest'], member: [], guest: [] },
    promote: { host: ['moderator', 'member'], moderator: [], member: [], guest: [] },
  };

  async function act(what: string, { person }: Attendee, { id: participantId }: Attendee): Promise<string> {
    const requests: Record<string, [string, object]> = {
      'lower a hand': ['raise_hand', { participantId, raised: false }],
      mute: ['mute_participant', { participantId, source: 'microphone' }],
      remove: ['remove_participant', { participantId }],
      ban: ['remove_participant', { participantId, ban: true }],
      promote: ['set_role', { participantId, role: 'host' }],
    };
    const [name, payload] = requests[what] ?? ['', {}];
    const ack = await person.ask(name, payload);
    return ack.ok ? 'done' : ack.error.code;
  }

  const cases = Object.entries(POWERS).flatMap(([what, byRole]) =>
    ROLES.map((actor) => [what, actor, byRole[actor]] as const),
  );

  it.each(cases)('to %s as a %s', async (what, actorRole, targets) => {
    // So that whoever acts is not the only host there.
    await meeting.comes(meeting.owner);
    const actor = await meeting.enters('Actor', actorRole);
    const outcomes: Partial<Record<Role, string>> = {};
    for (const role of ROLES) {
      const target = await meeting.enters(`Target ${role}`, role);
      outcomes[role] = await act(what, actor, target);
    }
    const allowed = what === 'promote' && actorRole === 'host' ? [...targets, 'host' as const] : targets;
    expect(outcomes).toEqual(
      Object.fromEntries(ROLES.map((role) => [role, allowed.includes(role) ? 'done' : 'FORBIDDEN'])),
    );
  });

  it.each<[string, object, readonly Role[]]>([
    ['set_room_lock', { locked: false }, ['host', 'moderator']],
    ['mute_participant', { source: 'microphone' }, ['host', 'moderator']],
    ['admit_participant', { participantId: crypto.randomUUID(), admit: true }, ['host', 'moderator']],
    ['end_room', {}, ['host']],
  ])('with %s, which concerns nobody alone (%j), is for %j', async (name, payload, allowed) => {
    const outcomes: Partial<Record<Role, string>> = {};
    for (const role of [...ROLES].reverse()) {
      await meeting.comes(meeting.owner);
      const { person } = await meeting.enters(role, role);
      const ack = await person.ask(name, payload);
      // Nobody waits: who may is told so.
      outcomes[role] = ack.ok || ack.error.code === 'NOT_FOUND' ? 'done' : ack.error.code;
    }
    expect(outcomes).toEqual(
      Object.fromEntries(ROLES.map((role) => [role, allowed.includes(role) ? 'done' : 'FORBIDDEN'])),
    );
  });

  it('needs somebody who is in this call', async () => {
    const { person } = await meeting.enters('Ann', 'host');
    const elsewhere = await Meeting.of(server);
    const { id: participantId } = await elsewhere.comes(elsewhere.owner);
    for (const [name, payload] of [
      ['mute_participant', { participantId, source: 'camera' }],
      ['remove_participant', { participantId }],
      ['remove_participant', { participantId, ban: true }],
      ['set_role', { participantId, role: 'member' }],
      ['raise_hand', { participantId, raised: false }],
    ] as const) {
      expect(await person.refused(name, payload)).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('is not to remove oneself', async () => {
    const { person, id: participantId } = await meeting.enters('Ann', 'host');
    for (const ban of [false, true]) {
      expect(await person.refused('remove_participant', { participantId, ban })).toMatchObject({ code: 'CONFLICT' });
    }
  });

  it('ends with the role, also for what was asked right behind its loss', async () => {
    const owner = await meeting.comes(meeting.owner);
    const mo = await meeting.enters('Mo', 'moderator');
    const ben = await meeting.enters('Ben', 'member');
    const demotion = owner.person.request('set_role', { participantId: mo.id, role: 'member' });
    // The server answers in its own order: nothing succeeds once the demotion is told.
    const attempts: Promise<boolean>[] = [];
    let isDemoted = false;
    void demotion.then(() => (isDemoted = true));
    while (!isDemoted) {
      attempts.push(mo.person.ask('raise_hand', { participantId: ben.id, raised: false }).then(({ ok }) => ok));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await mo.person.refused('mute_participant', { participantId: ben.id, source: 'camera' })).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await mo.person.refused('remove_participant', { participantId: ben.id })).toMatchObject({
      code: 'FORBIDDEN',
    });
    const outcomes = await Promise.all(attempts);
    // Once refused, always refused.
    expect(outcomes.slice(outcomes.indexOf(false)).includes(true)).toBe(outcomes.indexOf(false) === -1);
    await ben.person.fence();
    expect(ben.person.heardOf('removed')).toEqual([]);
  });
});

describe('somebody who is removed', () => {
  it('is out at once and told why, as are the others; they may come back by themselves', async () => {
    const owner = await meeting.comes(meeting.owner);
    const ben = await meeting.enters('Ben', 'member');
    const cleo = await meeting.enters('Cleo', 'member');
    await owner.person.request('remove_participant', { participantId: ben.id });
    expect(await ben.person.hears('removed')).toEqual({ reason: 'kicked' });
    expect(await cleo.person.hears('participant_left')).toEqual({ participantId: ben.id, reason: 'kicked' });
    expect(await ben.person.refused('set_view', { tiles: [] })).toMatchObject({ code: 'WRONG_STATE' });
    await meeting.comes(ben.person);
  });

  it('for good is no member any more and cannot come back, by any way, until a host lifts it', async () => {
    const owner = await meeting.comes(meeting.owner);
    const ben = await meeting.enters('Ben', 'member');
    await owner.person.request('remove_participant', { participantId: ben.id, ban: true });
    expect(await ben.person.hears('removed')).toEqual({ reason: 'banned' });
    const hasLeft = (told: { participantId: string }): boolean => told.participantId === ben.id;
    expect(await owner.person.hears('participant_left', hasLeft)).toMatchObject({ reason: 'banned' });
    const room = meeting.slug;
    expect(await ben.person.refused('join_room', { room })).toMatchObject({ code: 'BANNED' });
    expect(await ben.person.refused('request_admission', { room })).toMatchObject({ code: 'BANNED' });
    const tab = await ben.person.anotherTab();
    expect(await tab.refused('join_room', { room })).toMatchObject({ code: 'BANNED' });
    await owner.person.rest('DELETE', `rooms/${room}/bans/${ben.person.userId}`);
    await meeting.comes(ben.person);
  });

  it('through REST is out of the call too', async () => {
    const owner = await meeting.comes(meeting.owner);
    const ben = await meeting.enters('Ben', 'member');
    await owner.person.rest('DELETE', `rooms/${meeting.slug}/members/${ben.person.userId}`);
    expect(await ben.person.hears('removed')).toEqual({ reason: 'kicked' });
    const cleo = await meeting.enters('Cleo', 'member');
    await cleo.person.rest('DELETE', `rooms/${meeting.slug}/members/me`);
    expect(await cleo.person.hears('removed')).toEqual({ reason: 'left' });
  });
});

describe('a role', () => {
  it('is told to everybody when it changes, and lasts', async () => {
    const owner = await meeting.comes(meeting.owner);
    const ben = await meeting.enters('Ben', 'member');
    await owner.person.request('set_role', { participantId: ben.id, role: 'moderator' });
    for (const listener of [owner, ben]) {
      const { participant } = await listener.person.hears(
        'participant_updated',
        (told) => told.participant.id === ben.id,
      );
      expect(participant.role).toBe('moderator');
    }
    await ben.person.request('leave_room');
    const reply = await ben.person.join(meeting.slug);
    expect(reply.self.role).toBe('moderator');
  });

  it('of the last host stays', async () => {
    const owner = await meeting.comes(meeting.owner);
    expect(await owner.person.refused('set_role', { participantId: owner.id, role: 'member' })).toMatchObject({
      code: 'CONFLICT',
    });
  });
});

describe('a locked room', () => {
  it('lets nobody new in but hosts and moderators, and keeps those who are in', async () => {
    const owner = await meeting.comes(meeting.owner);
    const ben = await meeting.enters('Ben', 'member');
    const mo = await meeting.enters('Mo', 'moderator');
    const outsider = await meeting.outsider('Cleo');
    await mo.person.request('set_room_lock', { locked: true });
    expect((await ben.person.hears('room_changed')).room).toMatchObject({ locked: true });
    expect(await outsider.refused('join_room', { room: meeting.slug })).toMatchObject({ code: 'ROOM_LOCKED' });
    // Another tab is nobody new.
    const tab = await ben.person.anotherTab();
    await tab.join(meeting.slug);
    await mo.person.request('leave_room');
    await meeting.comes(mo.person);
    await owner.person.request('set_room_lock', { locked: false });
    await outsider.join(meeting.slug);
  });
});

describe('ending the call for all', () => {
  it('puts everybody out, and nobody comes back by themselves', async () => {
    const owner = await meeting.comes(meeting.owner);
    const ben = await meeting.enters('Ben', 'member');
    const cleo = await meeting.outsider('Cleo');
    const { resumeToken } = await cleo.join(meeting.slug);
    cleo.drop();
    await owner.person.request('end_room');
    for (const { person } of [owner, ben]) {
      expect(await person.hears('room_ended')).toEqual({ reason: 'ended' });
      await person.fence();
      expect(person.heardOf('removed')).toEqual([]);
    }
    expect(await ben.person.refused('leave_room', {})).toMatchObject({ code: 'WRONG_STATE' });
    // Nobody was promoted on the way out.
    expect(ben.person.heardOf('participant_updated')).toEqual([]);
    await cleo.connect();
    expect(await cleo.refused('join_room', { room: meeting.slug, resumeToken })).toMatchObject({ code: 'WRONG_STATE' });
    expect(await cleo.hears('room_ended')).toEqual({ reason: 'ended' });
    // By a click they do: the room is there.
    await cleo.join(meeting.slug);
  });
});

describe('a room whose host lets nobody unmute themselves', () => {
  const microphone = { ...producerOptions('microphone') };

  async function lets(allowUnmute: boolean): Promise<void> {
    await meeting.owner.rest('PATCH', `rooms/${meeting.slug}`, { allowUnmute });
  }

  async function speaking(name: string, role: Role) {
    const { person } = await meeting.enters(name, role);
    await person.request('leave_room');
    const { self } = await person.joinWithMedia(meeting.slug);
    const producer = producerOptions('microphone');
    await person.request('produce', { producers: [producer] });
    return { person, id: self.id, producerId: producer.requestId };
  }

  beforeEach(() => meeting.comes(meeting.owner));

  it.each(['member', 'guest'] as const)('mutes no %s by that, who may not unmute once they are muted', async (role) => {
    const ben = await speaking('Ben', role);
    await lets(false);
    expect((await ben.person.hears('room_changed')).room).toMatchObject({ allowUnmute: false });
    await ben.person.fence();
    expect(ben.person.heardOf('muted')).toEqual([]);
    // What is on already is no unmuting.
    await ben.person.request('resume_producer', { producerId: ben.producerId });
    await meeting.owner.request('mute_participant', { participantId: ben.id, source: 'microphone' });
    const { producerId } = ben;
    expect(await ben.person.refused('resume_producer', { producerId })).toMatchObject({ code: 'UNMUTE_FORBIDDEN' });
    // Nor with another producer.
    await ben.person.request('close_producer', { producerId });
    expect(await ben.person.refused('produce', { producers: [producerOptions('microphone')] })).toMatchObject({
      code: 'UNMUTE_FORBIDDEN',
    });
    await lets(true);
    await ben.person.request('produce', { producers: [producerOptions('microphone')] });
  });

  it('takes a microphone that is off, and other media', async () => {
    await lets(false);
    const { person } = await meeting.enters('Ben', 'member');
    await person.request('leave_room');
    await person.joinWithMedia(meeting.slug);
    await person.request('produce', {
      producers: [{ ...producerOptions('microphone'), paused: true }, producerOptions('camera')],
    });
    await person.request('produce', { producers: [producerOptions('screen'), producerOptions('screen_audio')] });
  });

  it.each(['host', 'moderator'] as const)('binds no %s', async (role) => {
    await lets(false);
    const mo = await speaking('Mo', role);
    await mo.person.request('pause_producer', { producerId: mo.producerId });
    await mo.person.request('resume_producer', { producerId: mo.producerId });
  });

  it('gives a microphone back that was on when its media was lost, and not one that was muted meanwhile', async () => {
    const ben = await speaking('Ben', 'member');
    await lets(false);
    await ben.person.joinWithMedia(meeting.slug);
    await ben.person.request('produce', { producers: [microphone] });
    // In another tab too.
    const tab = await ben.person.anotherTab();
    const { self } = await tab.joinWithMedia(meeting.slug);
    await meeting.owner.request('mute_participant', { participantId: self.id, source: 'microphone' });
    expect(await tab.refused('produce', { producers: [producerOptions('microphone')] })).toMatchObject({
      code: 'UNMUTE_FORBIDDEN',
    });
  });

  it('answers who asks again for what is published already', async () => {
    const ben = await speaking('Ben', 'member');
    await lets(false);
    const { publications } = await eventually(async () => {
      const { participants } = await meeting.owner.join(meeting.slug);
      return participants.find(({ id, publications }) => id === ben.id && publications.length > 0);
    }, 'no microphone');
    expect(publications).toMatchObject([{ producerId: ben.producerId, paused: false }]);
    const producer = { ...producerOptions('microphone'), requestId: ben.producerId };
    expect(await ben.person.request('produce', { producers: [producer] })).toEqual({ producerIds: [ben.producerId] });
  });
});
