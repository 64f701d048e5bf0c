import { setTimeout as sleep } from 'node:timers/promises';
import { shutDownPeers, type SyntheticPeer } from '@minimeet/loadtest';
import type { MediaSource, Participant, Room } from '@minimeet/protocol';
import { peerIn } from '../support/crowd.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { producerOptions } from '../support/rtp.js';
import { useServer } from '../support/server.js';

/** The host. */
let ann: Person;
let room: Room;
const peers: SyntheticPeer[] = [];

afterEach(() => peers.splice(0).forEach((peer) => peer.close()));

afterAll(shutDownPeers);

const { server, person } = useServer();

beforeEach(async () => {
  ann = await person('Ann');
  room = await ann.createRoom();
  await ann.joinWithMedia(room.slug);
});

/** In the call, publishing what a browser would, without packets. */
async function publishing(name: string, ...sources: MediaSource[]): Promise<{ person: Person; self: Participant }> {
  const publisher = await person(name);
  const { self } = await publisher.joinWithMedia(room.slug);
  if (sources.length > 0) await publisher.request('produce', { producers: sources.map(producerOptions) });
  return { person: publisher, self };
}

/** In the call with real media, which it goes on sending whatever it is told. */
async function disobedient(name: string, publish: MediaSource[]): Promise<SyntheticPeer> {
  const view = { maxTiles: 4, width: 320, height: 180 };
  const peer = await peerIn(server.origin, room.slug, name, { publish, view });
  peers.push(peer);
  await peer.connected();
  return peer;
}

/** Packets that arrive of a source within a second, while its sender sends. */
async function flowing(receiver: SyntheticPeer, sender: SyntheticPeer, source: MediaSource): Promise<number> {
  const received = (): number =>
    [...receiver.consumers.values()].filter(({ options }) => options.source === source)[0]?.packets ?? 0;
  const [before, sentBefore] = [received(), sender.packetsSent(source)];
  await sleep(1_000);
  // Else nothing is proven.
  expect(sender.packetsSent(source)).toBeGreaterThan(sentBefore + 5);
  return received() - before;
}

describe('muting a person', () => {
  it.each(['microphone', 'camera'] as const)(
    'stops their %s at the server, whatever their client sends, until they unmute themselves',
    async (source) => {
      const ben = await disobedient('Ben', [source]);
      const listener = await disobedient('Cleo', []);
      ben.setSpeaking(true);
      await eventually(
        async () => (await flowing(listener, ben, source)) > 5 || undefined,
        'nothing flowed in the first place',
      );
      const participantId = ben.joined.self.id;
      await ann.request('mute_participant', { participantId, source });
      // What was under way arrives. Packets have no fence: none is behind them.
      await sleep(200);
      expect(await flowing(listener, ben, source)).toBe(0);
      await ben.resume(source);
      await eventually(
        async () => (await flowing(listener, ben, source)) > 5 || undefined,
        'nothing flowed after unmuting',
      );
    },
    60_000,
  );

  it('tells them by whom, and the others that it is paused', async () => {
    const ben = await publishing('Ben', 'microphone', 'camera');
    const cleo = await publishing('Cleo');
    await ann.request('mute_participant', { participantId: ben.self.id, source: 'microphone' });
    expect(await ben.person.hears('muted')).toEqual({ source: 'microphone', by: 'Ann' });
    const { participant } = await cleo.person.hears('participant_updated');
    expect(participant.publications.map(({ source, paused }) => [source, paused]).sort()).toEqual([
      ['camera', false],
      ['microphone', true],
    ]);
  });

  it('that is muted already, or publishes nothing, is no news', async () => {
    const ben = await publishing('Ben', 'microphone');
    const request = { participantId: ben.self.id, source: 'microphone' };
    await ann.request('mute_participant', request);
    await ann.request('mute_participant', request);
    await ann.request('mute_participant', { ...request, source: 'camera' });
    await ben.person.fence();
    expect(ben.person.heardOf('muted')).toHaveLength(1);
  });

  it('ends a screen and its sound, and nothing else', async () => {
    const ben = await publishing('Ben', 'microphone', 'screen', 'screen_audio');
    await ann.request('mute_participant', { participantId: ben.self.id, source: 'screen' });
    await ben.person.hears('muted', ({ source }) => source === 'screen_audio');
    expect(ben.person.heardOf('muted').map(({ source }) => source)).toEqual(['screen', 'screen_audio']);
    const publications = await eventually(() => {
      const told = ann.heardOf('participant_updated').at(-1)?.participant.publications;
      return told?.length === 1 ? told : undefined;
    }, 'the screen is still there');
    expect(publications).toMatchObject([{ source: 'microphone', paused: false }]);
    // They may show it again.
    await ben.person.request('produce', { producers: [producerOptions('screen')] });
  });

  it('wins against an unmuting that is under way', async () => {
    const ben = await publishing('Ben', 'microphone');
    const { publications } = (await ann.hears('participant_updated')).participant;
    const producerId = publications[0]?.producerId;
    for (let round = 0; round < 20; round += 1) {
      await ben.person.request('pause_producer', { producerId });
      await Promise.all([
        ben.person.request('resume_producer', { producerId }),
        ann.request('mute_participant', { participantId: ben.self.id, source: 'microphone' }),
      ]);
      // Whichever came last: what is told is what is.
      const tab = await person('Eve');
      const { participants } = await tab.join(room.slug);
      tab.leave();
      const isMuted = participants.find(({ id }) => id === ben.self.id)?.publications[0]?.paused;
      const told = ben.person.heardOf('muted').length;
      expect({ isMuted, told }).toEqual({ isMuted: told > 0, told });
      ben.person.heard.length = 0;
    }
  });

  it('all at once mutes everybody else', async () => {
    const others = await Promise.all(['Ben', 'Cleo', 'Dan'].map((name) => publishing(name, 'microphone')));
    await ann.request('produce', { producers: [producerOptions('microphone')] });
    await ann.request('mute_participant', { source: 'microphone' });
    for (const { person } of others) expect(await person.hears('muted')).toEqual({ source: 'microphone', by: 'Ann' });
    await ann.fence();
    expect(ann.heardOf('muted')).toEqual([]);
  });

  it('is not for members, nor for who is not there', async () => {
    const ben = await publishing('Ben', 'microphone');
    const cleo = await publishing('Cleo', 'microphone');
    const of = (participantId?: string) => ({ participantId, source: 'microphone' });
    for (const request of [of(cleo.self.id), of(ben.self.id), of(crypto.randomUUID()), of()]) {
      expect(await ben.person.refused('mute_participant', request)).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await ann.refused('mute_participant', of(crypto.randomUUID()))).toMatchObject({ code: 'NOT_FOUND' });
    await cleo.person.fence();
    expect(cleo.person.heardOf('muted')).toEqual([]);
  });
});
