import type { Call, CallDetails, CallEvent, Page } from '@minimeet/protocol';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { Meeting } from '../support/meeting.js';
import { producerOptions } from '../support/rtp.js';

describeOnEveryDatabase('the history of a call', (database) => {
  const { server } = database.useServer();

  /** What happened to each person, by name, as soon as the newest call is over and written down. */
  async function storyOf(meeting: Meeting): Promise<Record<string, Omit<CallEvent, 'at'>[]>> {
    const { owner, slug } = meeting;
    return eventually(
      async () => {
        const [newest] = (await owner.rest<Page<Call>>('GET', `rooms/${slug}/calls`)).items;
        const call = newest && (await owner.rest<CallDetails>('GET', `calls/${newest.id}`));
        if (!call?.endedAt) return undefined;
        const lanes = call.participations.map(({ displayName, events }) => [
          displayName,
          events.map(({ at: _, ...event }) => event),
        ]);
        return Object.fromEntries(lanes) as Record<string, Omit<CallEvent, 'at'>[]>;
      },
      'the call is not written down',
      15_000,
    );
  }

  const event = (type: CallEvent['type'], more: Partial<CallEvent> = {}) => ({
    type,
    source: null,
    actor: null,
    detail: null,
    ...more,
  });

  it('says who did what to whom', async () => {
    const meeting = await Meeting.of(server);
    const { owner, slug } = meeting;
    const [ben, cleo, dan, eve] = await Promise.all(
      ['Ben', 'Cleo', 'Dan', 'Eve'].map((name) => meeting.outsider(name)),
    );
    await owner.join(slug);
    await owner.rest('PATCH', `rooms/${slug}`, { access: 'lobby' });
    await eve?.request('request_admission', { room: slug });
    const { waiting } = await owner.hears('lobby_changed');
    await owner.request('admit_participant', { participantId: waiting[0]?.id, admit: true });
    await eve?.hears('admission');
    await eve?.join(slug);
    await owner.rest('PATCH', `rooms/${slug}`, { access: 'open' });

    const { self } = (await ben?.joinWithMedia(slug)) ?? {};
    await ben?.request('produce', { producers: [producerOptions('microphone'), producerOptions('screen')] });
    await ben?.request('raise_hand', { raised: true });
    await owner.request('raise_hand', { participantId: self?.id, raised: false });
    await owner.request('mute_participant', { participantId: self?.id, source: 'microphone' });
    await owner.request('mute_participant', { participantId: self?.id, source: 'screen' });
    await owner.request('set_role', { participantId: self?.id, role: 'moderator' });
    await owner.request('set_room_lock', { locked: true });
    await owner.request('set_room_lock', { locked: false });
    const cleoStays = await cleo?.join(slug);
    await ben?.request('remove_participant', { participantId: cleoStays?.self.id });
    const danStays = await dan?.join(slug);
    await ben?.request('remove_participant', { participantId: danStays?.self.id, ban: true });
    await owner.request('end_room');

    expect(await storyOf(meeting)).toEqual({
      Owner: [event('room-locked'), event('room-unlocked'), event('call-ended-by')],
      Eve: [event('admitted-by', { actor: 'Owner' }), event('call-ended-by', { actor: 'Owner' })],
      Ben: [
        event('published', { source: 'microphone' }),
        event('published', { source: 'screen' }),
        event('hand-raised'),
        event('hand-lowered', { actor: 'Owner' }),
        event('muted-by', { source: 'microphone', actor: 'Owner' }),
        event('muted-by', { source: 'screen', actor: 'Owner' }),
        event('role-changed', { actor: 'Owner', detail: 'moderator' }),
        event('call-ended-by', { actor: 'Owner' }),
      ],
      Cleo: [event('removed-by', { actor: 'Ben' })],
      Dan: [event('banned-by', { actor: 'Ben' })],
    });
  }, 60_000);

  it('says what somebody did who was not in the call, and who acted as its host', async () => {
    const meeting = await Meeting.of(server);
    const { owner, slug } = meeting;
    const [ben, cleo] = await Promise.all(['Ben', 'Cleo'].map((name) => meeting.outsider(name)));
    await ben?.join(slug);
    await cleo?.join(slug);
    await owner.rest('PATCH', `rooms/${slug}`, { locked: true });
    await owner.rest('PATCH', `rooms/${slug}/members/${cleo?.userId}`, { role: 'moderator' });
    await cleo?.hears('participant_updated', ({ participant }) => participant.role === 'host');
    await owner.rest('DELETE', `rooms/${slug}/members/${ben?.userId}`);
    await cleo?.request('leave_room');
    const actor = 'Owner';
    const { Ben, Cleo } = await storyOf(meeting);
    expect(Ben).toEqual([
      event('room-locked', { actor }),
      event('role-changed', { detail: 'member' }),
      event('removed-by', { actor }),
    ]);
    // Becoming a moderator and acting as the host for that are of one moment.
    const roles = [event('role-changed', { detail: 'host' }), event('role-changed', { actor, detail: 'moderator' })];
    expect(Cleo).toEqual([event('room-locked', { actor }), ...roles.map(() => expect.anything() as unknown)]);
    expect(Cleo).toEqual(expect.arrayContaining(roles));
  }, 60_000);
});
