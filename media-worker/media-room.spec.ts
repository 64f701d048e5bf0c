import type { MediaServer } from './index.js';
import { eventually, startMedia, TestPerson, type Reported } from './testing/media.js';
import { opusPacket, producerOptions, vp8KeyFrame } from './testing/rtp.js';

const VIEW = { maxTiles: 9, width: 320, height: 180 };
const NO_CONSUMERS = { audio: 0, video: 0 };

describe('a room', () => {
  let server: MediaServer;
  let reported: Reported[];
  const people: TestPerson[] = [];

  afterEach(async () => {
    people.splice(0).forEach((person) => person.disconnect());
    await server.close();
  });

  async function start(options: Parameters<typeof startMedia>[0] = {}): Promise<void> {
    ({ server, reported } = await startMedia(options));
  }

  async function join(participantId: string, view = VIEW, roomId = 'room'): Promise<TestPerson> {
    const person = await TestPerson.join(server, server.room(roomId), participantId, view);
    people.push(person);
    return person;
  }

  it('of ten people spreads over two slots, and everybody receives from everybody', async () => {
    await start({ workers: 2, consumersPerSlot: 20, audioStreams: 9 });
    await Promise.all(Array.from({ length: 10 }, async (_, index) => (await join(`p${index}`)).connect()));
    expect(
      server
        .status()
        .slots.map(({ peers }) => peers)
        .every((peers) => peers >= 3),
    ).toBe(true);
    await Promise.all(
      people.map((person, index) =>
        person.publish(
          producerOptions('microphone', 1_000 + index * 10),
          producerOptions('camera', 100_000 + index * 10),
        ),
      ),
    );
    let sequenceNumber = 0;
    const sender = setInterval(() => {
      sequenceNumber += 1;
      people.forEach((person, index) => {
        person.send.send(opusPacket(1_000 + index * 10, sequenceNumber, -30));
        person.send.send(vp8KeyFrame(100_000 + index * 10, sequenceNumber));
      });
    }, 20);
    try {
      await eventually(() =>
        people.flatMap((person) => {
          const streams = person.peer.consumers().map(({ rtpParameters }) => rtpParameters.encodings?.[0]?.ssrc ?? 0);
          const flowing = streams.filter((ssrc) => (person.recv.received.get(ssrc) ?? 0) > 5);
          return flowing.length === 18 ? [] : [`${person.peer.id}: ${flowing.length} of ${streams.length}`];
        }),
      );
    } finally {
      clearInterval(sender);
    }
    expect(reported).toEqual([]);
  });

  it('opens what is missing in one batch for one who joins', async () => {
    await start();
    for (let index = 0; index < 4; index += 1) {
      const person = await join(`p${index}`);
      await person.publish(producerOptions('microphone', 10 * index + 1), producerOptions('camera', 10 * index + 2));
    }
    const late = await join('late');
    await eventually(() => late.opened.length === 0);
    expect(late.opened).toHaveLength(1);
    expect(late.opened[0]).toHaveLength(8);
  });

  it('never opens what a device cannot decode', async () => {
    await start();
    const publisher = await join('publisher');
    await publisher.publish(producerOptions('camera', 1), producerOptions('microphone', 2));
    const audioOnly = await server.room('room').addPeer({
      participantId: 'audio-only',
      rtpCapabilities: {
        codecs: server.routerRtpCapabilities.codecs?.filter(({ kind }) => kind === 'audio') ?? [],
        headerExtensions: [],
      },
    });
    audioOnly.join(VIEW);
    await eventually(() => audioOnly.consumers().length === 0);
    expect(audioOnly.consumers().map(({ kind }) => kind)).toEqual(['audio']);
    expect(reported).toEqual([]);
  });

  it('closes with its last peer and can be had again', async () => {
    await start();
    const room = server.room('room');
    const person = await join('a');
    person.peer.close('left');
    expect(room.closed).toBe(true);
    expect(server.status().slots[0]).toMatchObject({ rooms: 0, peers: 0, consumers: NO_CONSUMERS });
    expect(server.room('room')).not.toBe(room);
    await join('a');
  });

  it('counts nothing that has gone', async () => {
    await start({ workers: 2, consumersPerSlot: 1 });
    for (const id of ['a', 'b', 'c']) {
      await (await join(id)).publish(producerOptions('camera', id.charCodeAt(0)));
    }
    await eventually(() => people.some((person) => person.showing().length < 2));
    people.forEach(({ peer }) => peer.close('left'));
    expect(server.status().slots).toMatchObject([
      { rooms: 0, peers: 0, consumers: NO_CONSUMERS },
      { rooms: 0, peers: 0, consumers: NO_CONSUMERS },
    ]);
  });

  it('tells those who watch that somebody left', async () => {
    await start();
    const [a, b] = [await join('a'), await join('b')];
    await a.publish(producerOptions('camera', 1));
    await eventually(() => b.showing().length === 0);
    const [consumer] = b.peer.consumers();
    a.peer.close('left');
    await eventually(() => !b.closed.includes(consumer?.id ?? ''));
    expect(b.showing()).toEqual([]);
  });

  it('closes a pipe that nobody on the other slot receives from', async () => {
    await start({ workers: 2, consumersPerSlot: 1, pipeLingerMs: 100 });
    const [a, b] = [await join('a'), await join('b')];
    await a.publish(producerOptions('camera', 1));
    await eventually(() => b.showing().length === 0);
    b.peer.setView([]);
    await eventually(() => b.showing().length > 0);
    b.peer.setView([{ participantId: 'a', source: 'camera', width: 100, height: 100 }]);
    await eventually(() => b.showing().length === 0);
    expect(reported).toEqual([]);
  });

  it('passes nothing on of who was muted, on no slot, though they send; and what was being resumed stays muted', async () => {
    await start({ workers: 2, consumersPerSlot: 1 });
    const [a, near, far] = [await join('a'), await join('near'), await join('far')];
    await Promise.all(people.map((person) => person.connect()));
    const [producerId = ''] = await a.publish(producerOptions('microphone', 1));
    expect(new Set(server.status().slots.map(({ peers }) => peers > 0))).toEqual(new Set([true]));
    let sequenceNumber = 0;
    const sender = setInterval(() => a.send.send(opusPacket(1, (sequenceNumber += 1), -30)), 20);
    const received = () =>
      [near, far].map(
        ({ peer, recv }) => recv.received.get(peer.consumers()[0]?.rtpParameters.encodings?.[0]?.ssrc ?? 0) ?? 0,
      );
    const flows = async (): Promise<void> => {
      const before = received();
      await eventually(() => received().some((count, index) => count < (before[index] ?? 0) + 5));
    };
    const isSilent = async (): Promise<void> => {
      // Packets that are under way arrive.
      await new Promise((resolve) => setTimeout(resolve, 200));
      const [before, sent] = [received(), sequenceNumber];
      await eventually(() => sequenceNumber < sent + 20);
      expect(received()).toEqual(before);
    };
    try {
      await flows();
      expect(await a.peer.mute('microphone')).toEqual(['microphone']);
      await isSilent();
      expect(await a.peer.mute('microphone')).toEqual([]);
      await a.peer.resumeProducer(producerId);
      await flows();
      await a.peer.pauseProducer(producerId);
      const resumed = a.peer.resumeProducer(producerId);
      expect(await a.peer.mute('microphone')).toEqual(['microphone']);
      await resumed;
      await isSilent();
    } finally {
      clearInterval(sender);
    }
    expect(reported).toEqual([]);
  });

  describe('races', () => {
    it('two people who come at once share one router', async () => {
      await start();
      await Promise.all([join('a'), join('b')]);
      expect(server.status().slots[0]).toMatchObject({ rooms: 1, peers: 2 });
    });

    it('a room that closes while somebody comes refuses them and leaves nothing behind', async () => {
      await start();
      const coming = TestPerson.join(server, server.room('room'), 'a');
      const refused = expect(coming).rejects.toMatchObject({ code: 'WRONG_STATE' });
      server.room('room').close();
      await refused;
      expect(server.status().slots[0]).toMatchObject({ rooms: 0, peers: 0, consumers: NO_CONSUMERS });
    });

    it('one who leaves while their consumers open leaves nothing behind', async () => {
      await start();
      const a = await join('a');
      await a.publish(producerOptions('camera', 1));
      const b = await join('b');
      b.peer.close('left');
      const c = await join('c');
      await eventually(() => c.showing().length === 0);
      expect(server.status().slots[0]).toMatchObject({ peers: 2, consumers: { audio: 0, video: 1 } });
      expect(reported).toEqual([]);
    });

    it('a publisher who leaves while a pipe is made leaves nothing behind', async () => {
      await start({ workers: 2, consumersPerSlot: 1 });
      const [a, b] = [await join('a'), await join('b')];
      const publishing = a.publish(producerOptions('camera', 1), producerOptions('microphone', 2));
      b.peer.on('consumers-opened', () => undefined);
      await publishing;
      await new Promise((resolve) => setImmediate(resolve));
      a.peer.close('left');
      await eventually(() => b.showing().length > 0);
      expect(server.status().slots.map(({ consumers }) => consumers)).toEqual([NO_CONSUMERS, NO_CONSUMERS]);
    });

    it('a room that closes while a pipe is made leaves nothing behind', async () => {
      await start({ workers: 2, consumersPerSlot: 1 });
      const [a] = [await join('a'), await join('b')];
      await a.publish(producerOptions('camera', 1));
      await new Promise((resolve) => setImmediate(resolve));
      server.room('room').close();
      // Each worker answers in order: behind another pipe between the same two nothing of the first is under way.
      const [c, d] = [await join('c', VIEW, 'another'), await join('d', VIEW, 'another')];
      await c.publish(producerOptions('camera', 2));
      await eventually(() => d.showing().length === 0);
      server.room('another').close();
      const counts = () =>
        server.status().slots.flatMap(({ rooms, peers, consumers }) => [rooms, peers, ...Object.values(consumers)]);
      await eventually(() => counts().some((count) => count > 0));
      expect(reported).toEqual([]);
    });

    it('the same participant twice is refused', async () => {
      await start();
      const results = await Promise.allSettled([join('a'), join('a')]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ code: 'WRONG_STATE' });
    });
  });
});
