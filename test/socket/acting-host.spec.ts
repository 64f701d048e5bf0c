import { TIMES } from '@minimeet/protocol';
import { type Attendee, Meeting, Watched } from '../support/meeting.js';
import type { Person } from '../support/person.js';
import { useServer } from '../support/server.js';
import { whileShorter } from '../support/shorter.js';

const { server } = useServer();
let meeting: Meeting;

beforeEach(async () => {
  meeting = await Meeting.of(server);
});

/** Somebody whom nobody would make a host, and what they are told. */
async function witness(): Promise<Watched> {
  return Watched.of(await meeting.outsider('Witness', 'guest'), meeting.slug);
}

describe('when the last host is out of the call', () => {
  const leaves = ({ person }: Attendee): Promise<unknown> => person.request('leave_room');

  it.each<[string, (host: Attendee, second: Attendee) => Promise<unknown>]>([
    ['by leaving', (host, second) => leaves(second).then(() => leaves(host))],
    ['both at once', (host, second) => Promise.all([leaves(host), leaves(second)])],
    [
      'by closing the page',
      async ({ person }, second) => {
        await leaves(second);
        person.leave();
      },
    ],
    [
      'by going into another call',
      async ({ person }, second) => {
        await leaves(second);
        await person.join((await person.createRoom()).slug);
      },
    ],
    [
      'by being removed by another host, who leaves too',
      async ({ id }, second) => {
        await second.person.request('remove_participant', { participantId: id });
        await leaves(second);
      },
    ],
    [
      'by leaving the room itself, which has another host',
      async ({ person }, second) => {
        await leaves(second);
        await person.rest('DELETE', `rooms/${meeting.slug}/members/me`);
      },
    ],
    [
      'by losing the role to another host, who leaves',
      async ({ id }, second) => {
        await second.person.request('set_role', { participantId: id, role: 'member' });
        await leaves(second);
      },
    ],
  ])('%s, the longest-serving moderator acts as host', async (_how, go) => {
    const dan = await meeting.enters('Dan', 'member');
    const mo = await meeting.enters('Mo', 'moderator');
    await meeting.enters('Ned', 'moderator');
    const second = await meeting.enters('Second', 'host');
    const host = await meeting.comes(meeting.owner);
    const watched = await witness();
    await watched.sees(['Owner', 'Second']);
    for (const { person } of [dan, mo]) person.heard.length = 0;
    await go(host, second);
    await watched.sees(['Mo']);
    // They are told too; and nobody else was host in between.
    const promotions = ({ person }: Attendee) =>
      person.heardOf('participant_updated').filter(({ participant }) => participant.role === 'host');
    await mo.person.hears('participant_updated', ({ participant }) => participant.role === 'host');
    expect(promotions(mo).map(({ participant }) => participant.id)).toEqual([mo.id]);
    expect(promotions(dan)).toEqual(promotions(mo));
  });

  it('who times out after the grace time is out then, and not before', () =>
    whileShorter(TIMES, { resumeGraceMs: 2_000 }, async () => {
      const ben = await meeting.enters('Ben', 'member');
      const host = await meeting.comes(meeting.owner);
      const watched = await witness();
      const lostAtMs = performance.now();
      host.person.drop();
      // Until then they see one host, and not the other one.
      await watched.sees(['Ben']);
      expect(performance.now() - lostAtMs).toBeGreaterThan(TIMES.resumeGraceMs - 10);
      expect(await ben.person.hears('participant_left')).toEqual({ participantId: host.id, reason: 'timed-out' });
      expect(ben.person.heardOf('participant_left')).toHaveLength(1);
    }));

  it('who goes on in another tab is not out', async () => {
    await meeting.enters('Ben', 'member');
    const host = await meeting.comes(meeting.owner);
    const watched = await witness();
    const tab = await host.person.anotherTab();
    await tab.joinWithMedia(meeting.slug, { willPublish: ['camera'] });
    await host.person.hears('removed');
    await watched.sees(['Owner']);
  });

  it('and only guests are left, nobody acts as one', async () => {
    const host = await meeting.comes(meeting.owner);
    const watched = await witness();
    await watched.sees(['Owner']);
    await host.person.request('leave_room');
    await watched.sees([]);
    await meeting.enters('Ben', 'member');
    await watched.sees(['Ben']);
  });
});

describe('who acts as the host', () => {
  it('may what a host may in the call, and nothing that outlives it', async () => {
    const ben = await meeting.enters('Ben', 'member');
    const mo = await meeting.enters('Mo', 'moderator');
    await mo.person.request('leave_room');
    const cleo = await meeting.enters('Cleo', 'member');
    const { person } = ben;
    await person.request('raise_hand', { participantId: cleo.id, raised: false });
    await person.request('mute_participant', { participantId: cleo.id, source: 'camera' });
    await person.request('set_room_lock', { locked: true });
    await person.request('set_room_lock', { locked: false });
    for (const [name, payload] of [
      ['set_role', { participantId: cleo.id, role: 'moderator' }],
      ['set_role', { participantId: ben.id, role: 'host' }],
      ['remove_participant', { participantId: cleo.id, ban: true }],
    ] as const) {
      expect(await person.refused(name, payload)).toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(person.rest('DELETE', `rooms/${meeting.slug}`)).rejects.toThrow('403');
    await expect(person.rest('PATCH', `rooms/${meeting.slug}`, { allowUnmute: false })).rejects.toThrow('403');
    await person.request('remove_participant', { participantId: cleo.id });
    await person.request('end_room');
    expect(await person.hears('room_ended')).toEqual({ reason: 'ended' });
  });

  it('is not removed by a moderator who comes, but steps down for them', async () => {
    const ben = await meeting.enters('Ben', 'member');
    const watched = await witness();
    await watched.sees(['Ben']);
    await meeting.enters('Mo', 'moderator');
    await watched.sees(['Mo']);
    expect(await ben.person.refused('set_room_lock', { locked: true })).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('steps down when a host comes back, who finds their room as it was', async () => {
    const host = await meeting.comes(meeting.owner);
    const ben = await meeting.enters('Ben', 'member');
    const watched = await witness();
    await host.person.request('leave_room');
    await watched.sees(['Ben']);
    const { self, participants } = await host.person.join(meeting.slug);
    expect(self.role).toBe('host');
    expect(participants.find(({ id }) => id === ben.id)?.role).toBe('member');
    await watched.sees(['Owner']);
    expect(await ben.person.refused('end_room', {})).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('stays it in another tab', async () => {
    const ben = await meeting.enters('Ben', 'member');
    await meeting.enters('Cleo', 'member');
    const watched = await witness();
    await watched.sees(['Ben']);
    const tab = await ben.person.anotherTab();
    const { self } = await tab.join(meeting.slug);
    expect(self.role).toBe('host');
    await watched.sees(['Ben']);
  });

  it('is told with the reply to the first who comes', async () => {
    const ben = await meeting.outsider('Ben');
    expect((await ben.join(meeting.slug)).self.role).toBe('host');
    await ben.fence();
    expect(ben.heardOf('participant_updated')).toEqual([]);
  });
});

describe('in a race', () => {
  const ROUNDS = 25;

  /** What a newcomer is told is what the server has; and it is what everybody was told. */
  async function assertOneHost(watched: Watched, people: Person[], allowed: string[]): Promise<void> {
    const probe = await meeting.outsider('Probe', 'guest');
    const { participants } = await probe.join(meeting.slug);
    probe.leave();
    const hosts = participants.filter(({ role }) => role === 'host').map(({ displayName }) => displayName);
    expect(hosts).toHaveLength(1);
    expect(allowed).toContain(hosts[0]);
    await watched.sees(hosts);
    for (const person of people) {
      const may = (await person.ask('mute_participant', { source: 'screen' })).ok;
      expect(may).toBe(person.session.user.displayName === hosts[0]);
    }
  }

  it('of a host who promotes somebody and leaves, there is one host', async () => {
    const ben = await meeting.enters('Ben', 'member');
    const cleo = await meeting.enters('Cleo', 'member');
    const watched = await witness();
    for (let round = 0; round < ROUNDS; round += 1) {
      const host = await meeting.comes(meeting.owner);
      const role = round % 2 === 0 ? 'host' : 'moderator';
      await Promise.all([
        host.person.ask('set_role', { participantId: cleo.id, role }),
        host.person.request('leave_room'),
      ]);
      // Whether the promotion came before the leaving is the network's: Ben has been there longer, Cleo may be more by now.
      await assertOneHost(watched, [ben.person, cleo.person], ['Ben', 'Cleo']);
      await meeting.changeRole(cleo.person, 'member');
    }
  }, 60_000);

  it('of two candidates who leave at once, there is one host', async () => {
    const last = await meeting.enters('Last', 'member');
    const watched = await witness();
    const candidates = [await meeting.outsider('Mo'), await meeting.outsider('Ned')];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const candidate of candidates) await candidate.join(meeting.slug);
      if (round === 0) for (const candidate of candidates) await meeting.changeRole(candidate, 'moderator');
      await watched.sees(['Mo']);
      await Promise.all(candidates.map((candidate) => candidate.request('leave_room')));
      await assertOneHost(watched, [last.person], ['Last']);
    }
  }, 60_000);

  it('of a host who comes back while another takes over, there is one host', async () => {
    const ben = await meeting.enters('Ben', 'member');
    const watched = await witness();
    const tab = await meeting.owner.anotherTab();
    for (let round = 0; round < ROUNDS; round += 1) {
      const host = await meeting.comes(meeting.owner);
      await Promise.all([host.person.request('leave_room'), tab.join(meeting.slug)]);
      await watched.sees(['Owner']);
      expect((await ben.person.ask('mute_participant', { source: 'screen' })).ok).toBe(false);
      await tab.request('leave_room');
      await assertOneHost(watched, [ben.person], ['Ben']);
    }
  }, 60_000);

  it('of comings, goings and promotions at random, everybody was always told of one host', async () => {
    await meeting.enters('Always', 'member');
    const watched = await witness();
    const people = await Promise.all(['A', 'B', 'C', 'D'].map((name) => meeting.outsider(name)));
    for (const person of people) await person.join(meeting.slug);
    const moves = [
      (person: Person) => person.ask('join_room', { room: meeting.slug }),
      (person: Person) => person.ask('leave_room', {}),
      (person: Person) => meeting.changeRole(person, 'moderator'),
      (person: Person) => meeting.changeRole(person, 'member'),
      (person: Person) => meeting.changeRole(person, 'host'),
    ];
    for (let round = 0; round < ROUNDS; round += 1) {
      const chosen = people.map((_person, index) => moves[(round * 7 + index * 3 + round * index) % moves.length]);
      await Promise.all(people.map(async (person, index) => chosen[index]?.(person)));
      const probe = await meeting.outsider('Probe', 'guest');
      const { participants } = await probe.join(meeting.slug);
      probe.leave();
      const hosts = participants.filter(({ role }) => role === 'host').map(({ displayName }) => displayName);
      expect(hosts.length).toBeGreaterThan(0);
      await watched.sees(hosts);
    }
  }, 60_000);
});
