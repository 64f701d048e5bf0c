import type { EventEmitter } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { MediaSample, MediaTelemetry } from '@minimeet/protocol';
import type { MediaServer } from '../index.js';
import { eventually, startMedia, TestPerson, type Reported } from '../testing/media.js';
import { opusPacket, producerOptions, senderReport, vp8KeyFrame } from '../testing/rtp.js';

const VIEW = { maxTiles: 9, width: 320, height: 180 };
const QUALITY_INTERVAL_MS = 1_000;
const CLIENT_FINGERPRINT = { algorithm: 'sha-256', value: 'AB:'.repeat(31) + 'AB' } as const;

let server: MediaServer;
let reported: Reported[];
const people: TestPerson[] = [];
const senders: NodeJS.Timeout[] = [];

async function start(options: Parameters<typeof startMedia>[0] = {}): Promise<void> {
  ({ server, reported } = await startMedia(options));
}

async function join(participantId: string, roomId = 'room', view = VIEW): Promise<TestPerson> {
  const person = await TestPerson.join(server, server.room(roomId), participantId, view);
  people.push(person);
  return person;
}

type Facts<Name extends keyof MediaTelemetry> = MediaTelemetry[Name][];

/** Collects the facts told under a name from now on. */
function heard<Name extends keyof MediaTelemetry>(name: Name): Facts<Name> {
  const facts: Facts<Name> = [];
  // Untyped: the emitter's event map cannot be indexed by a generic name.
  const emitter: EventEmitter = server;
  emitter.on(name, (fact: MediaTelemetry[Name]) => {
    facts.push(fact);
  });
  return facts;
}

/** Calls `send` with 1, 2, 3 … until the test ends, as often as is due. */
function everyMs(intervalMs: number, send: (sequenceNumber: number) => void): void {
  const startedAtMs = performance.now();
  let sequenceNumber = 0;
  senders.push(
    setInterval(() => {
      while (sequenceNumber * intervalMs < performance.now() - startedAtMs) {
        sequenceNumber += 1;
        send(sequenceNumber);
      }
    }, intervalMs),
  );
}

afterEach(async () => {
  senders.splice(0).forEach((sender) => clearInterval(sender));
  people.splice(0).forEach((person) => person.disconnect());
  await server.close();
});

describe('what is told of transports', () => {
  it('is how they connected, and after how long, once each', async () => {
    await start();
    const connected = heard('transport-connected');
    const failed = heard('transport-failed');
    await (await join('a')).connect();
    await eventually(() => connected.length < 2);
    expect(connected.map(({ direction }) => direction).sort()).toEqual(['down', 'up']);
    for (const fact of connected) {
      expect(fact).toMatchObject({ roomId: 'room', participantId: 'a', protocol: 'udp' });
      expect(fact.iceMs).toBeGreaterThanOrEqual(0);
      expect(fact.dtlsMs).toBeGreaterThan(fact.iceMs);
      expect(fact.dtlsMs).toBeLessThan(10_000);
    }
    expect(failed).toEqual([]);
  });

  it('is that new ICE credentials were given', async () => {
    await start();
    const restarted = heard('ice-restarted');
    const { peer } = await join('a');
    await peer.restartIce(peer.recvTransport.id);
    expect(restarted).toEqual([{ roomId: 'room', participantId: 'a', direction: 'down' }]);
  });

  it('is that ICE failed of the ones that a client tried, and of no others', async () => {
    await start({ transportConnectMs: 300 });
    const failed = heard('transport-failed');
    const { peer } = await join('a');
    await peer.connectTransport(peer.sendTransport.id, { role: 'client', fingerprints: [CLIENT_FINGERPRINT] });
    await eventually(() => !peer.closed);
    expect(failed).toEqual([{ roomId: 'room', participantId: 'a', direction: 'up', stage: 'ice' }]);
  });

  it('is that ICE failed of one although the other is connected', async () => {
    await start({ transportConnectMs: 1_000 });
    const failed = heard('transport-failed');
    const a = await join('a');
    await a.connectRecv();
    await a.recv.opened();
    await a.peer.connectTransport(a.peer.sendTransport.id, { role: 'client', fingerprints: [CLIENT_FINGERPRINT] });
    await eventually(() => failed.length === 0);
    expect(failed).toEqual([{ roomId: 'room', participantId: 'a', direction: 'up', stage: 'ice' }]);
    expect(a.peer.closed).toBe(false);
  });

  it('is that DTLS failed of one whose certificate is not the announced one', async () => {
    await start();
    const failed = heard('transport-failed');
    const a = await join('a');
    await a.connectRecv(CLIENT_FINGERPRINT);
    await eventually(() => failed.length === 0);
    expect(failed).toEqual([{ roomId: 'room', participantId: 'a', direction: 'down', stage: 'dtls' }]);
    await eventually(() => !a.peer.closed);
  });

  it('is nothing of those who leave before', async () => {
    await start({ transportConnectMs: 100 });
    const failed = heard('transport-failed');
    const tries = async ({ peer }: TestPerson): Promise<void> =>
      peer.connectTransport(peer.sendTransport.id, { role: 'client', fingerprints: [CLIENT_FINGERPRINT] });
    const a = await join('a');
    await tries(a);
    a.peer.close('left');
    // Its time is up after that of the one who left.
    await tries(await join('b'));
    await eventually(() => failed.length === 0);
    expect(failed).toMatchObject([{ participantId: 'b' }]);
  });

  it('does not hurt the media when a listener throws', async () => {
    await start();
    server.on('transport-connected', () => {
      throw new Error('of a listener');
    });
    const connected = heard('transport-connected');
    const a = await (await join('a')).connect();
    await eventually(() => connected.length < 2);
    expect(a.peer.closed).toBe(false);
    expect(reported.map(({ context }) => context)).toEqual(Array(2).fill('listener of transport-connected'));
  });
});

describe('what is told of layers', () => {
  it('is that a receiver gets a higher one and a lower one than before', async () => {
    await start();
    const switched = heard('layer-switched');
    const publisher = await (await join('publisher')).connect();
    const viewer = await (await join('viewer')).connect();
    await publisher.publish(producerOptions('camera', 100, { layers: 2 }));
    everyMs(20, (sequenceNumber) => {
      for (const layer of [0, 1]) {
        publisher.send.send(vp8KeyFrame(100 + layer, sequenceNumber));
        if (sequenceNumber % 10 === 0) {
          publisher.send.send(senderReport(100 + layer, sequenceNumber * 3_000));
        }
      }
    });
    const look = (width: number): void => {
      viewer.peer.setView([{ participantId: 'publisher', source: 'camera', width, height: (width * 9) / 16 }]);
    };
    look(160);
    await eventually(() => ![...viewer.changed.values()].some(({ spatialLayer }) => spatialLayer === 0));
    switched.splice(0);
    look(1_920);
    await eventually(() => switched.length === 0);
    look(160);
    await eventually(() => switched.length < 2);
    expect(switched).toEqual([
      { roomId: 'room', participantId: 'viewer', to: 'higher' },
      { roomId: 'room', participantId: 'viewer', to: 'lower' },
    ]);
  });
});

describe('what is told of workers', () => {
  const pid = (): number => server.status().slots[0]?.pid ?? 0;

  it.each([
    ['crash', 'SIGKILL'],
    ['hang', 'SIGSTOP'],
  ] as const)('is a %s after %s', async (cause, signal) => {
    await start({ sampleMs: 100, workerHangMs: 400 });
    const died = heard('worker-died');
    process.kill(pid(), signal);
    await eventually(() => died.length === 0);
    expect(died).toEqual([{ slot: 0, cause }]);
    expect(server.status().slots[0]?.deaths).toEqual({ crash: 0, hang: 0, start: 0, [cause]: 1 });
  });

  it('is that one could not be started, until one can', async () => {
    const folder = await mkdtemp(joinPath(tmpdir(), 'media-worker-'));
    try {
      const binary = process.env['MEDIASOUP_WORKER_BIN'];
      if (!binary) throw new Error('MEDIASOUP_WORKER_BIN is not set');
      const workerBin = joinPath(folder, 'worker');
      await copyFile(binary, workerBin);
      await start({ workerBin });
      const died = heard('worker-died');
      await rm(workerBin);
      process.kill(pid(), 'SIGKILL');
      await eventually(() => died.length < 2);
      await copyFile(binary, workerBin);
      await eventually(() => server.status().slots[0]?.state !== 'live');
      const { crash, hang, start: failedStarts } = server.status().slots[0]?.deaths ?? {};
      expect({ crash, hang }).toEqual({ crash: 1, hang: 0 });
      expect(failedStarts).toBe(died.filter(({ cause }) => cause === 'start').length);
      expect(failedStarts).toBeGreaterThan(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the status', () => {
  it('says what people have, and nothing of it when they have left', async () => {
    await start({ workers: 2, consumersPerSlot: 3 });
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => join(id)));
    await Promise.all(
      people.map((person, index) =>
        person.publish(
          producerOptions('microphone', 1_000 + index),
          producerOptions('camera', 2_000 + index),
          ...(index === 0 ? [producerOptions('screen', 3_000)] : []),
        ),
      ),
    );
    const total = () => {
      const { slots } = server.status();
      const sum = (of: (slot: (typeof slots)[number]) => number): number =>
        slots.reduce((all, slot) => all + of(slot), 0);
      return [
        ...[sum((s) => s.transports.up), sum((s) => s.transports.down)],
        ...[sum((s) => s.producers.audio), sum((s) => s.producers.video)],
        ...[sum((s) => s.consumers.audio), sum((s) => s.consumers.video)],
      ];
    };
    // Three videos of others each, and the screen of the first for three; three microphones of others each.
    await eventually(() => people.some((person, index) => person.showing().length !== (index === 0 ? 6 : 7)));
    expect(total()).toEqual([4, 4, 4, 5, 12, 15]);
    expect(server.status().slots.every(({ peers }) => peers > 0)).toBe(true);
    people[0]?.peer.close('left');
    await eventually(() => people.slice(1).some((person) => person.showing().length !== 4));
    expect(total()).toEqual([3, 3, 3, 3, 6, 6]);
    people.forEach(({ peer }) => {
      peer.close('left');
    });
    expect(total()).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('says nothing of people whose worker has died', async () => {
    await start();
    const [a] = await Promise.all([join('a'), join('b')]);
    await a.publish(producerOptions('microphone', 1), producerOptions('camera', 2));
    await eventually(() => people[1]?.showing().length !== 2);
    process.kill(server.status().slots[0]?.pid ?? 0, 'SIGKILL');
    await eventually(() => !a.peer.closed);
    expect(server.status().slots[0]).toMatchObject({
      transports: { up: 0, down: 0 },
      producers: { audio: 0, video: 0 },
      consumers: { audio: 0, video: 0 },
      memoryBytes: null,
      pingSeconds: null,
    });
  });

  it('says how much memory a worker has and how fast it answers, without asking it', async () => {
    await start({ sampleMs: 50, workerHangMs: 4_000 });
    const slot = () => server.status().slots[0];
    await eventually(() => !slot()?.pingSeconds || (process.platform === 'linux' && !slot()?.memoryBytes));
    expect(slot()?.pingSeconds).toBeLessThan(2);
    if (process.platform === 'linux') {
      expect(slot()?.memoryBytes).toBeGreaterThan(1_000_000);
      expect(slot()?.memoryBytes).toBeLessThan(1_000_000_000);
    }
    const asked = slot()?.workerRequests;
    expect(slot()?.workerRequests).toBe(asked);
    process.kill(slot()?.pid ?? 0, 'SIGSTOP');
    try {
      await eventually(() => (slot()?.pingSeconds ?? 0) < 0.5);
    } finally {
      process.kill(slot()?.pid ?? 0, 'SIGCONT');
    }
    await eventually(() => (slot()?.pingSeconds ?? 1) > 0.3);
  });
});

describe('the end', () => {
  /** Those that keep the process alive. */
  const timers = (): number => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

  it('leaves no timer behind, even of people in the midst of connecting and being sampled', async () => {
    const before = timers();
    await start({ qualityIntervalMs: 50, sampleMs: 50 });
    const a = await (await join('a')).connect();
    const { peer } = await join('b');
    await peer.connectTransport(peer.sendTransport.id, { role: 'client', fingerprints: [CLIENT_FINGERPRINT] });
    await a.publish(producerOptions('microphone', 1));
    const samples = heard('media-sampled');
    await eventually(() => samples.length < 3);
    const running = timers();
    await server.close();
    // A timer of an earlier test may have been among those before, and have ended since.
    await eventually(() => timers() > before || timers() >= running, 1_000);
  });
});

describe('a sample', () => {
  /** Collects the samples of one direction from now on. */
  function collect(participantId: string, direction: 'up' | 'down'): MediaSample[] {
    const samples: MediaSample[] = [];
    server.on('media-sampled', (sample) => {
      if (sample.participantId === participantId && sample.direction === direction) {
        samples.push(sample);
      }
    });
    return samples;
  }

  const packetsOf = (samples: readonly MediaSample[], kind: 'audio' | 'video'): number =>
    samples.reduce((sum, { kinds }) => sum + (kinds[kind]?.packets ?? 0), 0);
  const lossOf = (samples: readonly MediaSample[], kind: 'audio' | 'video'): number[] =>
    samples.flatMap(({ kinds }) => kinds[kind]?.lossRatio ?? []);

  it('shows the loss on the way up with its size, and not as that of those who receive the gaps', async () => {
    await start({ qualityIntervalMs: QUALITY_INTERVAL_MS });
    const speaker = await (await join('speaker')).connect();
    const listener = await (await join('listener')).connect();
    listener.recv.report(200);
    const up = collect('speaker', 'up');
    const down = collect('listener', 'down');
    await speaker.publish(producerOptions('microphone', 1), producerOptions('camera', 100, { layers: 2 }));
    everyMs(10, (sequenceNumber) => {
      // Every fifth is lost.
      if (sequenceNumber % 5 !== 0) {
        speaker.send.send(opusPacket(1, sequenceNumber, -30));
      }
      // One of the two layers loses every fourth: an eighth of all.
      if (sequenceNumber % 4 !== 0) {
        speaker.send.send(vp8KeyFrame(100, sequenceNumber));
      }
      speaker.send.send(vp8KeyFrame(101, sequenceNumber));
    });
    await eventually(() => packetsOf(up, 'audio') < 400 || lossOf(down, 'audio').length < 3);
    const whole = (kind: 'audio' | 'video') =>
      up.reduce((sum, { kinds }) => sum + (kinds[kind]?.packetsLost ?? 0), 0) /
      up.reduce((sum, { kinds }) => sum + (kinds[kind]?.packets ?? 0) + (kinds[kind]?.packetsLost ?? 0), 0);
    // The worker counts its losses once a second or so; packets it counts at once.
    expect(whole('audio')).toBeGreaterThan(0.12);
    expect(whole('audio')).toBeLessThan(0.21);
    expect(whole('video')).toBeGreaterThan(0.07);
    expect(whole('video')).toBeLessThan(0.13);
    for (const { intervalMs, bytes, kinds } of up.slice(1)) {
      expect(intervalMs).toBeGreaterThan(QUALITY_INTERVAL_MS / 2);
      expect(bytes).toBeGreaterThan(((kinds.audio?.packets ?? 0) + (kinds.video?.packets ?? 0)) * 30);
      // Packets say that they are 20 ms long, and come every 10 ms; or 20, after a lost one.
      expect(kinds.audio?.jitterMs).toBeGreaterThan(7);
      expect(kinds.audio?.jitterMs).toBeLessThan(50);
      expect(kinds.audio?.roundTripTimeMs).toBeNull();
    }
    const felt = down.reduce((sum, { kinds }) => sum + (kinds.audio?.packetsLost ?? 0), 0) / packetsOf(down, 'audio');
    // Forwarded gaps alone would be a quarter of what is sent.
    expect(felt).toBeLessThan(0.1);
    expect(reported).toEqual([]);
  });

  it('shows the loss on the way down with its size, and the round trip, when the receiver reports', async () => {
    await start({ qualityIntervalMs: QUALITY_INTERVAL_MS });
    const speaker = await (await join('speaker')).connect();
    const listener = await (await join('listener')).connect();
    const silent = await (await join('silent')).connect();
    let arrived = 0;
    listener.recv.report(200, () => (arrived += 1) % 4 === 0);
    const down = collect('listener', 'down');
    const unreported = collect('silent', 'down');
    await speaker.publish(producerOptions('microphone', 1));
    everyMs(10, (sequenceNumber) => speaker.send.send(opusPacket(1, sequenceNumber, -30)));
    await eventually(() => packetsOf(down, 'audio') < 500 || packetsOf(unreported, 'audio') < 500);
    const lost = down.reduce((sum, { kinds }) => sum + (kinds.audio?.packetsLost ?? 0), 0);
    expect(lost / packetsOf(down, 'audio')).toBeGreaterThan(0.17);
    expect(lost / packetsOf(down, 'audio')).toBeLessThan(0.27);
    const roundTrips = down.flatMap(({ kinds }) => kinds.audio?.roundTripTimeMs ?? []);
    expect(roundTrips.length).toBeGreaterThan(0);
    expect(Math.max(...roundTrips)).toBeLessThan(200);

    expect(silent.recv.received.size).toBe(1);
    for (const { kinds } of unreported) {
      expect(kinds.audio?.packets === undefined || kinds.audio.packets > 0).toBe(true);
      expect(kinds.audio ?? { lossRatio: null, roundTripTimeMs: null, jitterMs: null }).toMatchObject({
        lossRatio: null,
        roundTripTimeMs: null,
        jitterMs: null,
      });
    }
  });

  it('does not go back when somebody publishes anew', async () => {
    await start({ qualityIntervalMs: 300 });
    const a = await (await join('a')).connect();
    const up = collect('a', 'up');
    const first = producerOptions('microphone', 1);
    await a.publish(first);
    everyMs(10, (sequenceNumber) => a.send.send(opusPacket(1, sequenceNumber, -30)));
    await eventually(() => packetsOf(up, 'audio') < 50);
    await a.peer.closeProducer(first.requestId);
    await a.publish(producerOptions('microphone', 1));
    const before = up.length;
    await eventually(() => packetsOf(up.slice(before), 'audio') < 50);
    expect(up.every(({ bytes, kinds }) => bytes >= 0 && (kinds.audio?.packets ?? 0) >= 0)).toBe(true);
    expect(lossOf(up, 'audio').every((loss) => loss < 0.2)).toBe(true);
  });

  it('costs requests by people, not by what they receive', async () => {
    await start({ qualityIntervalMs: 100, sampleMs: 600_000 });
    // They are not connected, so that nothing of theirs is asked.
    const publishers = await Promise.all(Array.from({ length: 6 }, (_, index) => join(`p${index}`)));
    await Promise.all(
      publishers.map((person, index) =>
        person.publish(
          producerOptions('microphone', 1_000 + index),
          producerOptions('camera', 2_000 + index),
          producerOptions('screen', 3_000 + index),
        ),
      ),
    );
    const viewers = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => (await join(`v${index}`)).connect()),
    );
    const opened = (): number => viewers.reduce((sum, viewer) => sum + viewer.opened.flat().length, 0);
    const requests = (): number => server.status().slots[0]?.workerRequests ?? 0;
    let rounds = 0;
    server.on('media-sampled', ({ direction }) => (rounds += direction === 'down' ? 1 : 0));
    /** Requests a round of one person, when nothing else is asked. */
    const cost = async (): Promise<number> => {
      const begin = { requests: requests(), rounds };
      await eventually(() => rounds - begin.rounds < 20);
      return (requests() - begin.requests) / (rounds - begin.rounds);
    };
    const show = (tiles: number): void => {
      for (const { peer } of viewers) {
        peer.setView(
          publishers
            .flatMap((publisher) =>
              (['camera', 'screen'] as const).map((source) => ({
                participantId: publisher.peer.id,
                source,
                width: 320,
                height: 180,
              })),
            )
            .slice(0, tiles),
        );
      }
    };
    await eventually(() => opened() < viewers.length * 10);
    show(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const few = await cost();
    show(12);
    await eventually(() => opened() < viewers.length * 16);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const many = await cost();
    // Two transports, one microphone, one video; a round that is not told yet makes a small difference.
    expect(few).toBeCloseTo(4, 0);
    expect(many).toBeCloseTo(4, 0);
  });

  it('is taken of those who have joined, and no more when they have left', async () => {
    await start({ qualityIntervalMs: 100 });
    const prepared = await TestPerson.prepare(server, server.room('room'), 'prepared');
    people.push(prepared);
    await prepared.connect();
    const a = await (await join('a')).connect();
    const sampled: string[] = [];
    server.on('media-sampled', ({ participantId, direction }) => sampled.push(`${participantId} ${direction}`));
    await eventually(() => sampled.length < 6);
    expect([...new Set(sampled)].sort()).toEqual(['a down', 'a up']);
    a.peer.close('left');
    sampled.splice(0);
    prepared.peer.join();
    await eventually(() => sampled.length < 6);
    expect([...new Set(sampled)].sort()).toEqual(['prepared down', 'prepared up']);
  });
});
