import { MediaError, type MediaServer } from '../index.js';
import { eventually, startMedia, TestPerson, type Reported } from '../testing/media.js';
import { opusPacket, producerOptions, vp8KeyFrame } from '../testing/rtp.js';

describe('what a person receives', () => {
  let server: MediaServer;
  let reported: Reported[];
  const people: TestPerson[] = [];

  beforeEach(async () => {
    ({ server, reported } = await startMedia({ lowerLayersMs: 50, stopLayersMs: 200 }));
  });

  afterEach(async () => {
    people.splice(0).forEach((person) => person.disconnect());
    await server.close();
    expect(reported).toEqual([]);
  });

  async function join(participantId: string, maxTiles = 0): Promise<TestPerson> {
    const view = maxTiles > 0 ? { maxTiles, width: 640, height: 360 } : undefined;
    const person = await TestPerson.join(server, server.room('room'), participantId, view);
    people.push(person);
    return person;
  }

  /** Publishers with a camera of three layers each. */
  async function cameras(count: number): Promise<TestPerson[]> {
    const made: TestPerson[] = [];
    for (let index = 0; index < count; index += 1) {
      const person = await join(`p${index}`);
      await person.publish(producerOptions('camera', 1_000 + 10 * index, { layers: 3 }));
      made.push(person);
    }
    return made;
  }

  const tile = (participantId: string, width = 640, height = 360) =>
    ({ participantId, source: 'camera', width, height }) as const;

  it('is no video without a view', async () => {
    await cameras(2);
    const viewer = await join('viewer');
    const mic = await join('mic');
    await mic.publish(producerOptions('microphone', 1));
    await eventually(() => viewer.showing().length === 0);
    expect(viewer.showing()).toEqual(['mic/microphone']);
  });

  it('is picked by the server until the page says what it shows, and follows newcomers', async () => {
    await cameras(2);
    const viewer = await join('viewer', 3);
    await eventually(() => viewer.showing().length < 2);
    const late = await join('late');
    await late.publish(producerOptions('camera', 1), producerOptions('screen', 2));
    await eventually(() => !viewer.showing().includes('late/screen'));
    expect(viewer.showing()).toEqual(['late/screen', 'p0/camera', 'p1/camera']);
  });

  it('is what the page shows, and what comes back costs no signalling', async () => {
    await cameras(3);
    const viewer = await join('viewer', 9);
    await eventually(() => viewer.showing().length < 3);
    viewer.peer.setView([tile('p1')]);
    await eventually(() => [...viewer.changed.values()].filter(({ paused }) => paused).length < 2);
    const batches = viewer.opened.length;
    viewer.peer.setView([tile('p0'), tile('p2')]);
    await eventually(() => [...viewer.changed.values()].filter(({ paused }) => !paused).length < 2);
    expect(viewer.opened).toHaveLength(batches);
    expect(viewer.closed).toEqual([]);
  });

  it('opens a tile when its participant publishes, and never one of oneself', async () => {
    const viewer = await join('viewer');
    viewer.peer.setView([tile('viewer'), tile('p0'), tile('nobody')]);
    await viewer.publish(producerOptions('camera', 1));
    await cameras(1);
    await eventually(() => viewer.showing().length === 0);
    expect(viewer.showing()).toEqual(['p0/camera']);
  });

  it('keeps eight videos that are off screen and closes the others', async () => {
    const publishers = await cameras(12);
    const viewer = await join('viewer', 12);
    await eventually(() => viewer.showing().length < 12);
    viewer.peer.setView([tile('p0')]);
    await eventually(() => viewer.closed.length < 3);
    expect(viewer.showing()).toHaveLength(9);
    expect(publishers).toHaveLength(12);
  });

  it('refuses a view of too many tiles', async () => {
    const viewer = await join('viewer');
    const tiles = Array.from({ length: 50 }, (_, index) => tile(`p${index}`));
    expect(() => viewer.peer.setView(tiles)).toThrow(MediaError);
  });

  it('tells a publisher which layers anybody watches', async () => {
    const [publisher] = await cameras(1);
    await eventually(() => !publisher?.layersWanted.includes(-1));
    expect(publisher?.layersWanted).toEqual([0, -1]);
    const viewer = await join('viewer');
    viewer.peer.setView([tile('p0', 320, 180)]);
    await eventually(() => publisher?.layersWanted.at(-1) !== 0);
    viewer.peer.setView([tile('p0', 1280, 720)]);
    await eventually(() => publisher?.layersWanted.at(-1) !== 2);
    viewer.peer.close('left');
    await eventually(() => publisher?.layersWanted.at(-1) !== -1);
    expect(publisher?.layersWanted).toEqual([0, -1, 0, 2, 0, -1]);
  });

  it('keeps a camera warm for somebody who is about to join', async () => {
    const [publisher] = await cameras(1);
    await eventually(() => publisher?.layersWanted.at(-1) !== -1);
    const prepared = await TestPerson.prepare(server, server.room('room'), 'prepared');
    await eventually(() => publisher?.layersWanted.at(-1) !== 0);
    expect(prepared.showing()).toEqual([]);
    prepared.peer.close('left');
    await eventually(() => publisher?.layersWanted.at(-1) !== -1);
  });

  it('flows although the client never confirms', async () => {
    const publisher = await (await join('publisher')).connect();
    await publisher.publish(producerOptions('camera', 1));
    const silent = await server
      .room('room')
      .addPeer({ participantId: 'silent', rtpCapabilities: server.routerRtpCapabilities });
    silent.join({ maxTiles: 1, width: 640, height: 360 });
    const client = new (await import('../testing/rtp-client.js')).RtpClient(silent.recvTransport, 'recv');
    await eventually(() => silent.consumers().length === 0);
    await silent.connectTransport(silent.recvTransport.id, client.connect());
    let sequenceNumber = 0;
    const sender = setInterval(() => publisher.send.send(vp8KeyFrame(1, (sequenceNumber += 1))), 20);
    try {
      await eventually(() => client.received.size === 0);
    } finally {
      clearInterval(sender);
      client.close();
    }
  });

  it('says that a publisher paused, and what it is after that', async () => {
    const [publisher] = await cameras(1);
    const viewer = await join('viewer', 1);
    await eventually(() => viewer.showing().length === 0);
    const [id] = publisher?.peer.publications.map(({ producerId }) => producerId) ?? [];
    const told: boolean[][] = [];
    publisher?.peer.on('publications-changed', (all) => told.push(all.map(({ paused }) => paused)));
    await publisher?.peer.pauseProducer(id ?? '');
    await eventually(() => ![...viewer.changed.values()].some(({ paused }) => paused));
    await publisher?.peer.resumeProducer(id ?? '');
    await eventually(() => [...viewer.changed.values()].some(({ paused }) => paused));
    expect(told).toEqual([[true], [false]]);
  });

  it('comes again for a client that resumes', async () => {
    await cameras(2);
    const viewer = await join('viewer', 9);
    await eventually(() => viewer.opened.length === 0);
    expect(viewer.peer.consumers()).toEqual(viewer.opened.flat());
  });

  it('is said again as it is now, to a client that resumes and may have missed some', async () => {
    const [watched, covered, unseen] = await cameras(3);
    const viewer = await join('viewer', 9);
    await eventually(() => viewer.showing().length < 3);
    await covered?.peer.pauseProducer(covered.peer.publications[0]?.producerId ?? '');
    viewer.peer.setView([tile('p0'), tile('p1')]);
    await eventually(() => [...viewer.changed.values()].filter(({ paused }) => paused).length < 2);
    await eventually(() => unseen?.layersWanted.at(-1) !== -1);

    viewer.changed.clear();
    viewer.peer.announceState();
    await eventually(() => viewer.changed.size < 3);
    const states = viewer.peer
      .consumers()
      .map(({ id, participantId }) => [participantId, viewer.changed.get(id)?.paused]);
    expect(Object.fromEntries(states)).toEqual({ p0: false, p1: true, p2: true });

    const before = [watched, unseen].map((publisher) => publisher?.layersWanted.length ?? 0);
    [watched, unseen].forEach((publisher) => publisher?.peer.announceState());
    await eventually(() => watched?.layersWanted.length === before[0] || unseen?.layersWanted.length === before[1]);
    expect([watched?.layersWanted.at(-1), unseen?.layersWanted.at(-1)]).toEqual([1, -1]);
  });

  it('goes on when a listener throws', async () => {
    const viewer = await join('viewer', 9);
    viewer.peer.prependListener('consumers-opened', () => {
      throw new Error('of a handler');
    });
    await cameras(1);
    await eventually(() => viewer.opened.length === 0);
    expect(reported.splice(0)).toEqual([{ error: new Error('of a handler'), context: 'listener of consumers-opened' }]);
  });
});

describe('who is heard', () => {
  const MICROPHONES = 12;
  const PACKET_MS = 20;
  let server: MediaServer;
  const people: TestPerson[] = [];
  const levels: number[] = [];
  let sender: NodeJS.Timeout;
  let spoke: string[][];

  beforeEach(async () => {
    ({ server } = await startMedia({ workers: 2, consumersPerSlot: 30 }));
    spoke = [];
    server.room('room').on('active-speakers', (ids) => spoke.push(ids));
    await Promise.all(
      Array.from({ length: MICROPHONES }, async (_, index) => {
        const person = await TestPerson.join(server, server.room('room'), `p${index}`);
        people[index] = await person.connect();
        levels[index] = -70;
      }),
    );
    await Promise.all(people.map((person, index) => person.publish(producerOptions('microphone', 1_000 + index))));
    let sequenceNumber = 0;
    const startedAtMs = performance.now();
    sender = setInterval(() => {
      // All that were due, however late this is: a level needs ten packets in 250 ms.
      while (sequenceNumber * PACKET_MS < performance.now() - startedAtMs) {
        sequenceNumber += 1;
        people.forEach((person, index) => {
          person.send.send(opusPacket(1_000 + index, sequenceNumber, levels[index] ?? -70));
        });
      }
    }, PACKET_MS);
  });

  afterEach(async () => {
    clearInterval(sender);
    people.splice(0).forEach((person) => person.disconnect());
    await server.close();
  });

  /** Streams that arrive at a listener within the next 300 ms. */
  async function arriving(index: number): Promise<string[]> {
    const person = people[index];
    const before = new Map(person?.recv.received);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return (person?.peer.consumers() ?? [])
      .filter(({ rtpParameters }) => {
        const ssrc = rtpParameters.encodings?.[0]?.ssrc ?? 0;
        return (person?.recv.received.get(ssrc) ?? 0) > (before.get(ssrc) ?? 0);
      })
      .map(({ participantId }) => participantId)
      .sort();
  }

  /** Somebody whom the first person does not hear. */
  function unheard(): number {
    const heard = people[0]?.peer.consumers().map(({ participantId }) => participantId) ?? [];
    return people.findIndex(({ peer }, index) => index > 0 && !heard.includes(peer.id));
  }

  const receives = (index: number) => (people[0]?.opened ?? []).flat().some((c) => c.participantId === `p${index}`);

  it('is four of twelve open microphones on two slots', async () => {
    await eventually(async () => (await arriving(0)).length !== 4);
    const speaker = unheard();
    levels[speaker] = -25;
    await eventually(async () => !(await arriving(0)).includes(`p${speaker}`));
    await eventually(async () => (await arriving(0)).length !== 4);
    await eventually(() => spoke.at(-1)?.join() !== `p${speaker}`);
  });

  it('is somebody whose client says that they begin to speak, before anything can be measured', async () => {
    await eventually(async () => (await arriving(0)).length !== 4);
    const speaker = unheard();
    people[speaker]?.peer.setSpeaking(true);
    await eventually(() => !receives(speaker));
    expect(spoke).toEqual([]);
    levels[speaker] = -25;
    await eventually(async () => !(await arriving(0)).includes(`p${speaker}`));
    await eventually(() => spoke.at(-1)?.join() !== `p${speaker}`);
  });

  it('is found by measurement alone, and is nobody when all fall silent', async () => {
    levels.fill(-127);
    await eventually(async () => (await arriving(0)).length !== 4);
    levels[11] = -25;
    await eventually(() => spoke.at(-1)?.join() !== 'p11');
    await eventually(async () => !(await arriving(0)).includes('p11'));
    levels[11] = -127;
    await eventually(() => spoke.at(-1)?.length !== 0);
  });
});
