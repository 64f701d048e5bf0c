import { PROTOCOL_VERSION, TIMES, type ErrorReply } from '@minimeet/protocol';
import { io } from 'socket.io-client';
import { eventually } from '../support/eventually.js';
import { Person } from '../support/person.js';
import { producerOptions } from '../support/rtp.js';
import { useServer } from '../support/server.js';
import { whileShorter } from '../support/shorter.js';

const { server, person } = useServer();

function connectError(options: Parameters<typeof io>[1]): Promise<Error & { data?: ErrorReply }> {
  const socket = io(server.origin, { transports: ['websocket'], reconnection: false, forceNew: true, ...options });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => {
      socket.close();
      reject(new Error('the connection was accepted'));
    });
    socket.once('connect_error', (error) => {
      socket.close();
      resolve(error);
    });
  });
}

it('the machine-readable protocol is served to anybody', async () => {
  const response = await fetch(`${server.origin}/api/asyncapi.json`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ asyncapi: '3.0.0', channels: { requests: {} } });
});

describe('connecting', () => {
  it('begins with a welcome that says what media needs', async () => {
    const ann = await person('Ann');
    expect(ann.heard[0]?.name).toBe('welcome');
    expect(ann.welcome).toMatchObject({ protocolVersion: PROTOCOL_VERSION, userId: ann.userId, displayName: 'Ann' });
    expect(ann.welcome.routerRtpCapabilities.codecs?.map(({ mimeType }) => mimeType)).toEqual(
      expect.arrayContaining(['audio/opus', 'video/VP8', 'video/VP9', 'video/H264', 'video/AV1']),
    );
  });

  it.each([
    ['no token', {}, 'UNAUTHENTICATED'],
    ['a token of another type', { token: { $ne: '' } }, 'UNAUTHENTICATED'],
    ['a forged token', { token: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.' }, 'UNAUTHENTICATED'],
    ['another major version', { token: 'x', protocolVersion: '2.0' }, 'UNSUPPORTED_VERSION'],
    ['a version of another type', { token: 'x', protocolVersion: 1 }, 'UNSUPPORTED_VERSION'],
  ])('is refused with %s', async (_what, auth, code) => {
    const error = await connectError({ auth });
    expect(error.data).toMatchObject({ code, retryable: false, message: expect.any(String) as string });
  });

  it('is refused to the page of another origin', async () => {
    const ann = await Person.register(server.origin, 'Ann');
    const auth = { token: ann.session.accessToken };
    await expect(connectError({ auth, extraHeaders: { origin: 'https://elsewhere.example' } })).resolves.toBeInstanceOf(
      Error,
    );
  });
});

describe('joining a room', () => {
  it('is answered with everything in one reply', async () => {
    const ann = await person('Ann');
    const room = await ann.createRoom('Standup');
    const reply = await ann.joinWithMedia(room.slug);
    expect(reply).toMatchObject({
      room: { id: room.id, slug: room.slug, name: 'Standup' },
      self: { userId: ann.userId, displayName: 'Ann', role: 'host', publications: [] },
      participants: [],
      activeSpeakers: [],
      messages: [],
      resumed: false,
    });
    expect(reply.resumeToken.length).toBeGreaterThan(30);
    expect(reply.media?.sendTransport.iceCandidates.length).toBeGreaterThan(0);
    expect(reply.media?.recvTransport.dtlsParameters.fingerprints.length).toBeGreaterThan(0);
  });

  it('tells everybody in the room once, and counts them in REST', async () => {
    const [ann, ben, cleo] = [await person('Ann'), await person('Ben'), await person('Cleo')];
    const room = await ann.createRoom();
    await ann.join(room.slug);
    await ben.join(room.slug);
    const reply = await cleo.join(room.slug);
    expect(reply.participants.map(({ displayName }) => displayName).sort()).toEqual(['Ann', 'Ben']);
    expect(reply.self.role).toBe('member');
    await ann.hears('participant_joined', ({ participant }) => participant.displayName === 'Cleo');
    for (const one of [ann, ben, cleo]) await one.fence();
    expect(ann.heardOf('participant_joined')).toHaveLength(2);
    expect(ben.heardOf('participant_joined')).toHaveLength(1);
    expect(cleo.heardOf('participant_joined')).toHaveLength(0);
    expect(await ann.rest('GET', `rooms/${room.slug}`)).toMatchObject({ participantCount: 3 });
  });

  it('announces a person together with what they publish, in one message', async () => {
    const [ann, ben] = [await person('Ann'), await person('Ben')];
    const room = await ann.createRoom();
    await ann.joinWithMedia(room.slug);
    await ben.joinWithMedia(room.slug, { willPublish: ['camera', 'microphone'] });
    const producers = [producerOptions('camera'), producerOptions('microphone')];
    const { producerIds } = await ben.request('produce', { producers });
    expect(producerIds).toEqual(producers.map(({ requestId }) => requestId));
    const { participant } = await ann.hears('participant_joined');
    expect(participant.publications.map(({ source }) => source).sort()).toEqual(['camera', 'microphone']);
    await ann.fence();
    expect(ann.heardOf('participant_updated')).toEqual([]);
  });

  it('announces a person who promised media and sends none, after a moment', async () => {
    const [ann, ben] = [await person('Ann'), await person('Ben')];
    const room = await ann.createRoom();
    await ann.joinWithMedia(room.slug);
    await ben.joinWithMedia(room.slug, { willPublish: ['camera'] });
    const { participant } = await ann.hears('participant_joined');
    expect(participant.publications).toEqual([]);
  });

  it('returns the transports that were prepared, and nobody sees the preparation', async () => {
    const [ann, ben] = [await person('Ann'), await person('Ben')];
    const room = await ann.createRoom();
    await ann.join(room.slug);
    const { rtpCapabilities } = { rtpCapabilities: ben.welcome.routerRtpCapabilities };
    const prepared = await ben.request('prepare_media', { room: room.slug, rtpCapabilities });
    await ann.fence();
    expect(ann.heardOf('participant_joined')).toEqual([]);
    const reply = await ben.joinWithMedia(room.slug);
    await ann.hears('participant_joined');
    expect(ann.heardOf('participant_joined').map(({ participant }) => participant.id)).toEqual([reply.self.id]);
    expect(reply.media?.recvTransport.id).toBe(prepared.recvTransport.id);
    expect(reply.media?.sendTransport.id).toBe(prepared.sendTransport.id);
  });

  it('takes no media that was prepared without a room, to try the network', async () => {
    const ben = await person('Ben');
    const room = await ben.createRoom();
    const rtpCapabilities = ben.welcome.routerRtpCapabilities;
    const tried = await ben.request('prepare_media', { rtpCapabilities });
    for (const protocol of ['udp', 'tcp']) {
      for (const { iceCandidates } of [tried.sendTransport, tried.recvTransport])
        expect(iceCandidates.some((candidate) => candidate.protocol === protocol)).toBe(true);
    }
    const reply = await ben.joinWithMedia(room.slug);
    expect(reply.media?.sendTransport.id).not.toBe(tried.sendTransport.id);
  });

  it('of two clicks at once gives one participant', async () => {
    const [ann, ben] = [await person('Ann'), await person('Ben')];
    const room = await ann.createRoom();
    await ann.join(room.slug);
    const [first, second] = await Promise.all([ben.joinWithMedia(room.slug), ben.joinWithMedia(room.slug)]);
    expect(second.self.id).toBe(first.self.id);
    await ann.hears('participant_joined');
    expect(ann.heardOf('participant_joined')).toHaveLength(1);
  });

  it('a hundred times at once by one account leaves one participant, and the others are told that they were replaced', async () => {
    const ann = await person('Ann');
    const room = await ann.createRoom();
    await ann.join(room.slug);
    const ben = await Person.register(server.origin, 'Ben');
    const tabs = await Promise.all(Array.from({ length: 100 }, () => ben.anotherTab()));
    await Promise.all(tabs.map((tab) => tab.join(room.slug)));
    await eventually(
      () => (tabs.filter((tab) => tab.heardOf('removed')[0]?.reason === 'replaced').length === 99 ? true : undefined),
      'not all but one were replaced',
    );
    expect(await ann.rest('GET', `rooms/${room.slug}`)).toMatchObject({ participantCount: 2 });
  });
});

describe('leaving', () => {
  it('by request, by closing the page and by joining elsewhere is told with the reason', async () => {
    const [ann, ben] = [await person('Ann'), await person('Ben')];
    const room = await ann.createRoom();
    const other = await ben.createRoom('Elsewhere');
    await ann.join(room.slug);
    for (const leave of [() => ben.request('leave_room'), () => ben.join(other.slug)]) {
      ann.heard.length = 0;
      const { self } = await ben.join(room.slug);
      await leave();
      expect(await ann.hears('participant_left')).toEqual({ participantId: self.id, reason: 'left' });
      // Who leaves has no media to rebuild.
      expect(ben.heardOf('media_reset')).toEqual([]);
    }
    ann.heard.length = 0;
    const { self } = await ben.join(room.slug);
    ben.leave();
    expect(await ann.hears('participant_left')).toEqual({ participantId: self.id, reason: 'left' });
  });

  it('when the room is deleted everybody is told', async () => {
    const [ann, ben] = [await person('Ann'), await person('Ben')];
    const room = await ann.createRoom();
    await ann.join(room.slug);
    await ben.join(room.slug);
    await ann.rest('DELETE', `rooms/${room.slug}`);
    expect(await ben.hears('room_ended')).toEqual({ reason: 'deleted' });
    expect(
      (await ben.refused('chat_message', { id: crypto.randomUUID(), content: { type: 'text', text: 'x' } })).code,
    ).toBe('WRONG_STATE');
  });
});

describe('a lost connection', () => {
  it('is resumed with the token: nobody saw it, the media is the same', async () => {
    const [ann, ben] = [await person('Ann'), await person('Ben')];
    const room = await ann.createRoom();
    await ann.joinWithMedia(room.slug);
    const before = await ben.joinWithMedia(room.slug);
    await ben.request('produce', { producers: [producerOptions('microphone')] });
    await ann.hears('participant_updated');
    ann.heard.length = 0;

    ben.drop();
    await ben.connect();
    const after = await ben.joinWithMedia(room.slug, { resumeToken: before.resumeToken });
    expect(after.resumed).toBe(true);
    expect(after.self.id).toBe(before.self.id);
    expect(after.self.publications).toHaveLength(1);
    expect(after.media?.sendTransport.id).toBe(before.media?.sendTransport.id);
    await ben.request('raise_hand', { raised: true });
    const { participant } = await ann.hears('participant_updated');
    expect(participant.handRaisedAt).not.toBeNull();
    expect(ann.heard.filter(({ name }) => name.startsWith('participant'))).toHaveLength(1);
  });

  it('cannot be resumed by another account with the same token', async () => {
    const [ann, ben] = [await person('Ann'), await person('Ben')];
    const room = await ann.createRoom();
    const { resumeToken, self } = await ann.join(room.slug);
    const reply = await ben.join(room.slug, { resumeToken });
    expect(reply.resumed).toBe(false);
    expect(reply.self.id).not.toBe(self.id);
  });

  it('that nobody resumes ends the stay after the grace time', () =>
    whileShorter(TIMES, { resumeGraceMs: 1_000 }, async () => {
      const [ann, ben] = [await person('Ann'), await person('Ben')];
      const room = await ann.createRoom();
      await ann.join(room.slug);
      const { self } = await ben.join(room.slug);
      const lostAtMs = performance.now();
      ben.drop();
      expect(await ann.hears('participant_left')).toEqual({ participantId: self.id, reason: 'timed-out' });
      expect(performance.now() - lostAtMs).toBeGreaterThan(TIMES.resumeGraceMs - 10);
    }));
});
