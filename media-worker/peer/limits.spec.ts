import type { DtlsParameters, ProducerOptions, RtpCapabilities } from '@minimeet/protocol';
import type { MediaServer } from '../index.js';
import { eventually, startMedia, TestPerson } from '../testing/media.js';
import { producerOptions } from '../testing/rtp.js';

describe('bad input', () => {
  let server: MediaServer;
  let person: TestPerson;

  beforeAll(async () => {
    ({ server } = await startMedia());
    person = await TestPerson.join(server, server.room('room'), 'person');
  });

  afterAll(async () => {
    await server.close();
  });

  const camera = producerOptions('camera', 1).rtpParameters;
  const produceTable: [string, object, string][] = [
    ['no codecs', { codecs: [] }, 'UNSUPPORTED_MEDIA'],
    ['codecs that are no list', { codecs: 'VP8' }, 'UNSUPPORTED_MEDIA'],
    ['an audio codec for a camera', producerOptions('microphone', 1).rtpParameters, 'UNSUPPORTED_MEDIA'],
    [
      'an unknown codec',
      { codecs: [{ mimeType: 'video/theora', payloadType: 96, clockRate: 90_000 }] },
      'UNSUPPORTED_MEDIA',
    ],
    ['4 encodings', { ...camera, encodings: [1, 2, 3, 4].map((ssrc) => ({ ssrc })) }, 'LIMIT_EXCEEDED'],
    ['an SSRC twice', { ...camera, encodings: [{ ssrc: 1 }, { ssrc: 1 }] }, 'UNSUPPORTED_MEDIA'],
    ['a negative SSRC', { ...camera, encodings: [{ ssrc: -1 }] }, 'UNSUPPORTED_MEDIA'],
    ['99 layers', { ...camera, encodings: [{ ssrc: 1, scalabilityMode: 'L99T99' }] }, 'UNSUPPORTED_MEDIA'],
    ['a long cname', { ...camera, rtcp: { cname: 'x'.repeat(5_000_000) } }, 'LIMIT_EXCEEDED'],
    ['33 header extensions', { ...camera, headerExtensions: Array(33).fill({ uri: 'a', id: 1 }) }, 'LIMIT_EXCEEDED'],
    ['65 codecs', { ...camera, codecs: Array(65).fill(camera.codecs[0]) }, 'LIMIT_EXCEEDED'],
    ['a payload type of 300', { ...camera, codecs: [{ ...camera.codecs[0], payloadType: 300 }] }, 'UNSUPPORTED_MEDIA'],
  ];

  it.each(produceTable)('produce with %s', async (_, rtpParameters, code) => {
    const options = { requestId: crypto.randomUUID(), source: 'camera', rtpParameters } as ProducerOptions;
    await expect(person.publish(options)).rejects.toMatchObject({ name: 'MediaError', code });
    expect(person.peer.publications).toEqual([]);
  });

  const capabilitiesTable: [string, unknown, string][] = [
    ['nothing', undefined, 'UNSUPPORTED_MEDIA'],
    ['a list', [], 'UNSUPPORTED_MEDIA'],
    ['codecs of a wrong shape', { codecs: [null] }, 'UNSUPPORTED_MEDIA'],
    ['a codec without a name', { codecs: [{ clockRate: 1, preferredPayloadType: 1 }] }, 'UNSUPPORTED_MEDIA'],
    ['65 codecs', { codecs: Array(65).fill({}) }, 'LIMIT_EXCEEDED'],
    ['33 header extensions', { headerExtensions: Array(33).fill({}) }, 'LIMIT_EXCEEDED'],
    ['deep nesting', { codecs: [[[[[[[[[[[]]]]]]]]]]] }, 'LIMIT_EXCEEDED'],
  ];

  it.each(capabilitiesTable)('capabilities of %s', async (_, rtpCapabilities, code) => {
    await expect(
      server.room('room').addPeer({ participantId: 'bad', rtpCapabilities: rtpCapabilities as RtpCapabilities }),
    ).rejects.toMatchObject({ name: 'MediaError', code });
  });

  const value = 'AB:'.repeat(31) + 'AB';
  it.each([
    ['no fingerprints', { fingerprints: [] }, 'UNSUPPORTED_MEDIA'],
    ['md5', { fingerprints: [{ algorithm: 'md5', value }] }, 'UNSUPPORTED_MEDIA'],
    ['sha-1', { fingerprints: [{ algorithm: 'sha-1', value: 'AB:'.repeat(19) + 'AB' }] }, 'UNSUPPORTED_MEDIA'],
    ['an empty value', { fingerprints: [{ algorithm: 'sha-256', value: '' }] }, 'UNSUPPORTED_MEDIA'],
    ['an inherited algorithm', { fingerprints: [{ algorithm: 'toString', value }] }, 'UNSUPPORTED_MEDIA'],
    ['9 fingerprints', { fingerprints: Array(9).fill({ algorithm: 'sha-256', value }) }, 'LIMIT_EXCEEDED'],
    ['a wrong role', { role: 'both', fingerprints: [{ algorithm: 'sha-256', value }] }, 'UNSUPPORTED_MEDIA'],
  ])('a connect with %s', async (_, dtlsParameters, code) => {
    const { id } = person.peer.sendTransport;
    await expect(person.peer.connectTransport(id, dtlsParameters as DtlsParameters)).rejects.toMatchObject({ code });
  });

  it('in a wrong order, or with ids of nobody', async () => {
    const prepared = await TestPerson.prepare(server, server.room('room'), 'prepared');
    await expect(prepared.publish(producerOptions('camera', 1))).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await expect(prepared.peer.pauseProducer('x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(prepared.peer.restartIce('x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const dtls: DtlsParameters = { fingerprints: [{ algorithm: 'sha-256', value }] };
    const { id } = prepared.peer.recvTransport;
    await prepared.peer.connectTransport(id, dtls);
    await expect(prepared.peer.connectTransport(id, dtls)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    prepared.peer.close('left');
    prepared.peer.close('kicked');
    await expect(prepared.publish(producerOptions('camera', 1))).rejects.toMatchObject({ code: 'WRONG_STATE' });
  });

  it('of which one part is good publishes nothing', async () => {
    const good = producerOptions('microphone', 50);
    // Both tracks claim one SSRC, which only the worker finds out.
    await expect(person.publish(good, producerOptions('camera', 50))).rejects.toMatchObject({
      code: 'UNSUPPORTED_MEDIA',
    });
    expect(person.peer.publications).toEqual([]);
  });

  it('that repeats a request publishes once; a second camera, and the id of another, are refused', async () => {
    const options = producerOptions('camera', 60);
    const [first, second] = await Promise.all([person.publish(options), person.publish(options)]);
    expect([first, second]).toEqual([[options.requestId], [options.requestId]]);
    expect(person.peer.publications).toHaveLength(1);
    await expect(person.publish(producerOptions('camera', 61))).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    const thief = await TestPerson.join(server, server.room('room'), 'thief');
    await expect(thief.publish({ ...options })).rejects.toMatchObject({ code: 'CONFLICT' });
    await person.peer.closeProducer(options.requestId);
    expect(person.peer.publications).toEqual([]);
  });

  it('of a client that never connects ends its media', async () => {
    const media = await startMedia({ transportConnectMs: 100 });
    const { peer } = await TestPerson.join(media.server, media.server.room('room'), 'a');
    const reasons: string[] = [];
    peer.on('closed', (reason) => reasons.push(reason));
    await eventually(() => reasons.length === 0);
    expect(reasons).toEqual(['transport-failed']);
    await media.server.close();
  });
});
