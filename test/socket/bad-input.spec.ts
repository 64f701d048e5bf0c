import { randomUUID } from 'node:crypto';
import { LIMITS, type ErrorCode, type JoinRoomReply } from '@minimeet/protocol';
import { eventually } from '../support/eventually.js';
import { Person } from '../support/person.js';
import { dtlsParameters, opusParameters, producerOptions, vp8Parameters } from '../support/rtp.js';
import { useServer } from '../support/server.js';

/** Is in the call, and must not notice anything. */
let ann: Person;
/** Sends what one should not. */
let mallory: Person;
let slug: string;
let joined: JoinRoomReply;

afterEach(async () => {
  // Whatever was sent: the connection lives, and so does the call of the others.
  expect(mallory.socket.connected).toBe(true);
  expect(ann.socket.connected).toBe(true);
  expect(
    (await ann.request('chat_message', { id: randomUUID(), content: { type: 'text', text: 'still here' } })).message,
  ).toBeDefined();
});

const { server, person } = useServer();

beforeAll(async () => {
  ann = await person('Ann');
  ({ slug } = await ann.createRoom());
  await ann.joinWithMedia(slug);
  await ann.request('produce', { producers: [producerOptions('microphone')] });
  mallory = await Person.register(server.origin, 'Mallory');
});

beforeEach(async () => {
  await mallory.connect();
  joined = await mallory.joinWithMedia(slug);
});

const huge = 'x'.repeat(100_000);
const notObjects = [undefined, null, 7, 'text', true, [], [{}], { __proto__: { room: 'x' } }];

const requests = [
  'join_room',
  'prepare_media',
  'connect_transport',
  'restart_ice',
  'produce',
  'pause_producer',
  'resume_producer',
  'close_producer',
  'set_view',
  'set_speaking',
  'chat_message',
  'edit_message',
  'delete_message',
  'react',
  'typing',
  'mark_read',
  'close_chat',
  'raise_hand',
  'send_reaction',
  'set_display_state',
  'mute_participant',
  'remove_participant',
  'request_admission',
  'admit_participant',
  'set_room_lock',
  'set_role',
  'watch_presence',
];

describe('a malformed request', () => {
  it.each(requests)('%s without its fields is an INVALID_PAYLOAD', async (name) => {
    for (const payload of notObjects)
      expect(await mallory.refused(name, payload)).toMatchObject({ code: 'INVALID_PAYLOAD' });
  });

  it.each(['report_quality', 'open_chat'])('%s that is not an object is an INVALID_PAYLOAD', async (name) => {
    for (const payload of [7, 'text', true, [], [{}]])
      expect(await mallory.refused(name, payload)).toMatchObject({ code: 'INVALID_PAYLOAD' });
  });

  it.each([...requests, 'leave_room', 'end_room', 'report_quality'])(
    '%s with an unknown field is an INVALID_PAYLOAD',
    async (name) => {
      const error = await mallory.refused(name, { isAdmin: true });
      expect(error.code).toBe('INVALID_PAYLOAD');
      expect(Object.keys(error.details ?? {})).toContain('isAdmin');
    },
  );

  const uuid = randomUUID();
  const rtpCapabilities = { codecs: [], headerExtensions: [] };
  it.each<[string, unknown]>([
    ['join_room', { room: 7 }],
    ['join_room', { room: '' }],
    ['join_room', { room: huge }],
    ['join_room', { room: ['a'] }],
    ['join_room', { room: 'a', rtpCapabilities: 'all' }],
    ['join_room', { room: 'a', view: { maxTiles: -1, width: 1, height: 1 } }],
    ['join_room', { room: 'a', view: { maxTiles: 1e9, width: 1, height: 1 } }],
    ['join_room', { room: 'a', view: { maxTiles: 1.5, width: 1, height: 1 } }],
    ['join_room', { room: 'a', view: [] }],
    ['join_room', { room: 'a', willPublish: ['camera', 'camera'] }],
    ['join_room', { room: 'a', willPublish: ['spy-camera'] }],
    ['join_room', { room: 'a', willPublish: Array(1000).fill('camera') }],
    ['join_room', { room: 'a', resumeToken: huge }],
    ['join_room', { room: 'a', invite: huge }],
    ['join_room', { room: 'a', invite: 7 }],
    ['join_room', { room: 'a', password: huge }],
    ['join_room', { room: 'a', password: ['open sesame'] }],
    ['prepare_media', { room: {}, rtpCapabilities }],
    ['connect_transport', { transportId: 'not-a-uuid', dtlsParameters: {} }],
    ['connect_transport', { transportId: uuid, dtlsParameters: [] }],
    ['connect_transport', { transportId: uuid, dtlsParameters: null }],
    ['restart_ice', { transportId: huge }],
    ['produce', { producers: {} }],
    ['produce', { producers: [] }],
    ['produce', { producers: Array(200).fill(producerOptions('camera')) }],
    ['produce', { producers: [{ ...producerOptions('camera'), requestId: 'mine' }] }],
    ['produce', { producers: [{ ...producerOptions('camera'), source: 'hologram' }] }],
    ['produce', { producers: [{ ...producerOptions('camera'), rtpParameters: 'vp8' }] }],
    ['produce', { producers: [{ ...producerOptions('camera'), paused: 'yes' }] }],
    ['produce', { producers: [null] }],
    ['pause_producer', { producerId: 12 }],
    ['set_view', { tiles: 'all' }],
    ['set_view', { tiles: [{ participantId: uuid, source: 'camera', width: 0, height: 10 }] }],
    ['set_view', { tiles: [{ participantId: uuid, source: 'camera', width: 1e12, height: 10 }] }],
    ['set_view', { tiles: [{ participantId: uuid, source: 'microphone', width: 10, height: 10 }] }],
    ['set_view', { tiles: Array(1_500).fill({ participantId: uuid, source: 'camera', width: 1, height: 1 }) }],
    ['set_speaking', { speaking: 1 }],
    ['report_quality', { joinPhases: [] }],
    ['report_quality', { joinPhases: 'fast' }],
    ['report_quality', { joinPhases: { total: -1 } }],
    ['report_quality', { joinPhases: { total: 1e9 } }],
    ['report_quality', { joinPhases: { total: '12' } }],
    ['report_quality', { joinPhases: { lunch: 3_600_000 } }],
    ['report_quality', { path: 'pigeon' }],
    ['report_quality', { freezes: 1.5 }],
    ['report_quality', { freezes: -1 }],
    ['report_quality', { freezes: 1e9 }],
    ['report_quality', { frozenMs: -1 }],
    ['report_quality', { frozenMs: huge }],
    ['report_quality', { frozenMs: 1e12 }],
    ['raise_hand', { raised: 'yes' }],
    ['raise_hand', { raised: false, participantId: 'ann' }],
    ['raise_hand', { raised: false, participantId: null }],
    ['send_reaction', { reaction: '💩' }],
    ['send_reaction', { reaction: ['👍'] }],
    ['send_reaction', { reaction: huge }],
    ['set_display_state', { away: 1 }],
    ['remove_participant', { participantId: 'ben' }],
    ['remove_participant', { participantId: [uuid] }],
    ['remove_participant', { participantId: uuid, ban: 'for good' }],
    ['remove_participant', { participantId: uuid, ban: null }],
    ['request_admission', { room: '' }],
    ['request_admission', { room: huge }],
    ['request_admission', { room: { slug: 'a' } }],
    ['admit_participant', { participantId: 7, admit: true }],
    ['admit_participant', { participantId: uuid, admit: 'yes' }],
    ['admit_participant', { participantId: uuid }],
    ['set_room_lock', { locked: 'a little' }],
    ['set_role', { participantId: uuid, role: 'guest' }],
    ['set_role', { participantId: uuid, role: 'owner' }],
    ['set_role', { participantId: uuid, role: ['host'] }],
    ['set_role', { role: 'host' }],
    ['mute_participant', { participantId: 7, source: 'microphone' }],
    ['mute_participant', { participantId: null, source: 'microphone' }],
    ['mute_participant', { participantId: uuid }],
    ['mute_participant', { participantId: uuid, source: 'thoughts' }],
    ['watch_presence', { userIds: 'ann' }],
    ['watch_presence', { userIds: ['ann'] }],
    ['watch_presence', { userIds: [null] }],
    ['watch_presence', { userIds: Array(LIMITS.watchedPeople + 1).fill(uuid) }],
    ['chat_message', { id: uuid, content: { type: 'image' } }],
    ['chat_message', { id: uuid, content: { type: 'file', attachmentId: '../x' } }],
    ['chat_message', { id: uuid, content: { type: 'file', attachmentId: uuid, text: 7 } }],
    ['chat_message', { id: uuid, content: { type: 'file', attachmentId: uuid, fileName: 'x' } }],
    ['chat_message', { id: 'x', content: { type: 'text', text: 'hi' } }],
    ['chat_message', { id: uuid, content: { type: 'text', text: '' } }],
    ['chat_message', { id: uuid, content: { type: 'text', text: 'x'.repeat(LIMITS.messageLength + 1) } }],
    ['chat_message', { id: uuid, content: { type: 'text', text: ['x'] } }],
    ['chat_message', { id: uuid, content: { type: 'html', text: '<b>' } }],
    ['chat_message', { id: uuid, content: { type: 'text', text: 'x', senderId: uuid } }],
    ['chat_message', { id: uuid, content: 'hi' }],
    ['chat_message', { id: uuid, content: { type: 'text', text: 'hi' }, room: 7 }],
    ['chat_message', { id: uuid, content: { type: 'text', text: 'hi' }, room: huge }],
    ['chat_message', { id: uuid, content: { type: 'text', text: 'hi' }, room: null }],
    ['chat_message', { id: uuid, content: { type: 'text', text: 'hi' }, replyTo: 'the last one' }],
    ['chat_message', { id: uuid, content: { type: 'text', text: 'hi' }, replyTo: { $ne: null } }],
    ['chat_message', { id: uuid, content: { type: 'text', text: 'hi' }, mentions: 'everybody' }],
    ['chat_message', { id: uuid, content: { type: 'text', text: 'hi' }, mentions: ['ben'] }],
    ['chat_message', { id: uuid, content: { type: 'text', text: 'hi' }, mentions: [null] }],
    [
      'chat_message',
      { id: uuid, content: { type: 'text', text: 'hi' }, mentions: Array(LIMITS.mentions + 1).fill(uuid) },
    ],
    ['chat_message', { id: uuid, content: { type: 'text', text: 'hi' }, sequence: 1 }],
    ['chat_message', { id: uuid, content: { type: 'system', event: 'call-ended', subject: null, value: null } }],
    ['edit_message', { messageId: 'x', text: 'hi' }],
    ['edit_message', { messageId: uuid, text: 7 }],
    ['edit_message', { messageId: uuid, text: huge }],
    ['edit_message', { messageId: uuid, text: 'hi', mentions: {} }],
    ['edit_message', { messageId: uuid, text: 'hi', senderId: uuid }],
    ['delete_message', { messageId: [uuid] }],
    ['delete_message', { messageId: huge }],
    ['delete_message', { messageId: uuid, role: 'host' }],
    ['react', { messageId: uuid, reaction: '👍', on: 'yes' }],
    ['react', { messageId: uuid, reaction: '', on: true }],
    ['react', { messageId: uuid, reaction: 'x', on: true }],
    ['react', { messageId: uuid, reaction: '👍'.repeat(LIMITS.reactionLength), on: true }],
    ['react', { messageId: uuid, reaction: ['👍'], on: true }],
    ['react', { messageId: 1, reaction: '👍', on: true }],
    ['typing', { typing: 'true' }],
    ['typing', { typing: true, room: [] }],
    ['mark_read', { sequence: -1 }],
    ['mark_read', { sequence: 1.5 }],
    ['mark_read', { sequence: 2 ** 31 }],
    ['mark_read', { sequence: 1e300 }],
    ['mark_read', { sequence: '1' }],
    ['mark_read', { sequence: 1, userId: uuid }],
    ['open_chat', { room: '' }],
    ['open_chat', { room: huge }],
    ['open_chat', { room: {} }],
    ['close_chat', { room: 1 }],
  ])('%s (case %#) is an INVALID_PAYLOAD that names the field', async (name, payload) => {
    const error = await mallory.refused(name, payload);
    expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', retryable: false });
    expect(Object.keys(error.details ?? {}).length).toBeGreaterThan(0);
  });
});

describe('unusable media parameters', () => {
  const produceWith = (change: object, source: 'camera' | 'microphone' = 'microphone'): object => ({
    producers: [
      {
        ...producerOptions(source),
        rtpParameters: { ...(source === 'camera' ? vp8Parameters() : opusParameters()), ...change },
      },
    ],
  });

  it.each<[string, string, object, ErrorCode[]]>([
    ['no codec', 'produce', produceWith({ codecs: [] }), ['UNSUPPORTED_MEDIA']],
    [
      'an unknown codec',
      'produce',
      produceWith({ codecs: [{ mimeType: 'audio/mp3', payloadType: 100, clockRate: 44100 }] }),
      ['UNSUPPORTED_MEDIA'],
    ],
    ['codecs that are text', 'produce', produceWith({ codecs: 'opus' }), ['UNSUPPORTED_MEDIA']],
    [
      'video as a microphone',
      'produce',
      { producers: [{ ...producerOptions('camera'), source: 'microphone' }] },
      ['UNSUPPORTED_MEDIA'],
    ],
    [
      '10,000 encodings',
      'produce',
      produceWith({ encodings: Array(10_000).fill({ ssrc: 5 }) }, 'camera'),
      ['LIMIT_EXCEEDED', 'PAYLOAD_TOO_LARGE'],
    ],
    ['no encodings', 'produce', produceWith({ encodings: [] }, 'camera'), ['UNSUPPORTED_MEDIA']],
    [
      '100 header extensions',
      'produce',
      produceWith({ headerExtensions: Array(100).fill({ uri: 'urn:x', id: 3 }) }),
      ['LIMIT_EXCEEDED'],
    ],
    ['a huge cname', 'produce', produceWith({ rtcp: { cname: huge } }), ['LIMIT_EXCEEDED', 'UNSUPPORTED_MEDIA']],
    ['a numeric overflow', 'produce', produceWith({ encodings: [{ ssrc: 1e20 }] }), ['UNSUPPORTED_MEDIA']],
    ['no capabilities', 'join_room', { room: 'SLUG', rtpCapabilities: { codecs: 'all' } }, ['UNSUPPORTED_MEDIA']],
    [
      '10,000 codecs',
      'join_room',
      { room: 'SLUG', rtpCapabilities: { codecs: Array(5_000).fill({ kind: 'audio' }) } },
      ['LIMIT_EXCEEDED'],
    ],
  ])('%s is refused', async (_what, name, payload, codes) => {
    const error = await mallory.refused(name, name === 'join_room' ? { ...payload, room: slug } : payload);
    expect(codes).toContain(error.code);
    expect(error.message).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['an md5 fingerprint', dtlsParameters('md5')],
    ['a sha-1 fingerprint', dtlsParameters('sha-1')],
    ['no fingerprint', { role: 'client', fingerprints: [] }],
    ['an empty fingerprint', { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: '' }] }],
    ['a hundred fingerprints', { fingerprints: Array(100).fill({ algorithm: 'sha-256', value: 'AB' }) }],
    ['another role', { ...dtlsParameters(), role: 'boss' }],
    ['nothing', {}],
  ])('connect_transport with %s is refused', async (_what, parameters) => {
    const error = await mallory.refused('connect_transport', {
      transportId: joined.media?.sendTransport.id,
      dtlsParameters: parameters,
    });
    expect(['UNSUPPORTED_MEDIA', 'LIMIT_EXCEEDED']).toContain(error.code);
  });
});

describe('the wrong order', () => {
  it.each<[string, object]>([
    ['leave_room', {}],
    ['produce', { producers: [producerOptions('camera')] }],
    ['pause_producer', { producerId: randomUUID() }],
    ['set_view', { tiles: [] }],
    ['set_speaking', { speaking: true }],
    ['report_quality', { path: 'udp' }],
    ['chat_message', { id: randomUUID(), content: { type: 'text', text: 'hi' } }],
    ['edit_message', { messageId: randomUUID(), text: 'hi' }],
    ['delete_message', { messageId: randomUUID() }],
    ['react', { messageId: randomUUID(), reaction: '👍', on: true }],
    ['typing', { typing: true }],
    ['mark_read', { sequence: 1 }],
    ['raise_hand', { raised: true }],
    ['send_reaction', { reaction: '👍' }],
    ['mute_participant', { participantId: randomUUID(), source: 'camera' }],
    ['remove_participant', { participantId: randomUUID() }],
    ['admit_participant', { participantId: randomUUID(), admit: true }],
    ['set_room_lock', { locked: true }],
    ['set_role', { participantId: randomUUID(), role: 'host' }],
    ['end_room', {}],
  ])('%s before joining is a WRONG_STATE', async (name, payload) => {
    await mallory.request('leave_room');
    expect(await mallory.refused(name, payload)).toMatchObject({ code: 'WRONG_STATE' });
  });

  it('connecting a transport twice is a WRONG_STATE', async () => {
    const request = { transportId: joined.media?.sendTransport.id, dtlsParameters: dtlsParameters() };
    await mallory.request('connect_transport', request);
    expect(await mallory.refused('connect_transport', request)).toMatchObject({ code: 'WRONG_STATE' });
  });

  it('publishing the same source twice is refused; the same request id twice publishes once', async () => {
    const producer = producerOptions('camera');
    await mallory.request('produce', { producers: [producer] });
    expect(await mallory.request('produce', { producers: [producer] })).toEqual({ producerIds: [producer.requestId] });
    const error = await mallory.refused('produce', { producers: [producerOptions('camera')] });
    expect(['CONFLICT', 'LIMIT_EXCEEDED', 'WRONG_STATE']).toContain(error.code);
  });

  it('media requests without media are a WRONG_STATE', async () => {
    await mallory.request('leave_room');
    await mallory.join(slug);
    expect(await mallory.refused('produce', { producers: [producerOptions('camera')] })).toMatchObject({
      code: 'WRONG_STATE',
    });
  });
});

describe("someone else's", () => {
  it('transports and producers are not found', async () => {
    const eve = await person('Eve');
    const hers = await eve.joinWithMedia(slug);
    const { producerIds } = await eve.request('produce', { producers: [producerOptions('microphone')] });
    const [producerId] = producerIds;
    const transportId = hers.media?.sendTransport.id;
    for (const name of ['pause_producer', 'resume_producer', 'close_producer']) {
      expect(await mallory.refused(name, { producerId })).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await mallory.refused('restart_ice', { transportId })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await mallory.refused('connect_transport', { transportId, dtlsParameters: dtlsParameters() })).toMatchObject(
      { code: 'NOT_FOUND' },
    );
    const stolen = { ...producerOptions('microphone'), requestId: producerId };
    expect(await mallory.refused('produce', { producers: [stolen] })).toMatchObject({ code: 'CONFLICT' });
  });

  it('room that does not exist is not found', async () => {
    expect(await mallory.refused('join_room', { room: 'no-such-room' })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what is not in the protocol', () => {
  it('is an UNKNOWN_EVENT', async () => {
    for (const name of ['admin', 'constructor', 'toString', '', 'welcome']) {
      expect(await mallory.refused(name, {})).toMatchObject({ code: 'UNKNOWN_EVENT' });
    }
  });

  it('in size is a PAYLOAD_TOO_LARGE', async () => {
    const content = { type: 'text', text: 'x'.repeat(LIMITS.messageBytes) };
    expect(await mallory.refused('chat_message', { id: randomUUID(), content })).toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    });
  });

  it('in number is RATE_LIMITED, and passes later', async () => {
    // One who has asked for nothing yet.
    const hasty = await mallory.anotherTab();
    const acks = await Promise.all(
      Array.from({ length: LIMITS.requestBurst + 50 }, () => hasty.ask('watch_presence', { userIds: [] })),
    );
    const refused = acks.filter((ack) => !ack.ok);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(50);
    expect(refused[0]).toMatchObject({ error: { code: 'RATE_LIMITED', retryable: true } });
    await eventually(
      async () => (await hasty.ask('watch_presence', { userIds: [] })).ok || undefined,
      'it does not pass',
    );
  });
});
