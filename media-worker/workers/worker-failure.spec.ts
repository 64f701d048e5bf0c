import { execFileSync } from 'node:child_process';
import { MediaServer } from '../index.js';
import { eventually, startMedia, TestPerson } from '../testing/media.js';
import { opusPacket, producerOptions } from '../testing/rtp.js';

const VIEW = { maxTiles: 9, width: 320, height: 180 };
const NO_CONSUMERS = { audio: 0, video: 0 };

describe('a worker that fails', () => {
  let server: MediaServer;

  afterEach(async () => {
    await server.close();
  });

  function pidOf(index: number): number {
    const pid = server.status().slots[index]?.pid;
    if (!pid) throw new Error('no worker');
    return pid;
  }

  /** Files and sockets that a process may have open from now on; those that it has stay. */
  function limitFiles(pid: number, count: number): void {
    execFileSync('/usr/bin/prlimit', [`--pid=${pid}`, `--nofile=${count}:`]);
  }

  it('by dying is replaced, its people are told and can build their media anew', async () => {
    const media = await startMedia();
    server = media.server;
    const before = await TestPerson.join(server, server.room('room'), 'a', VIEW);
    const reasons: string[] = [];
    before.peer.on('closed', (reason) => reasons.push(reason));
    const pid = pidOf(0);
    process.kill(pid, 'SIGKILL');
    await eventually(() => reasons.length === 0);
    expect(reasons).toEqual(['worker-died']);

    // At once, while the worker is being replaced.
    const [a, b] = await Promise.all(['a', 'b'].map((id) => TestPerson.join(server, server.room('room'), id, VIEW)));
    if (!a || !b) throw new Error('unreachable');
    expect(server.status().slots[0]).toMatchObject({ state: 'live', restarts: 1, rooms: 1, peers: 2 });
    expect(pidOf(0)).not.toBe(pid);
    await Promise.all([a.connect(), b.connect()]);
    await a.publish(producerOptions('microphone', 1));
    await eventually(() => b.showing().length === 0);
    let sequenceNumber = 0;
    const sender = setInterval(() => a.send.send(opusPacket(1, (sequenceNumber += 1), -30)), 20);
    await eventually(() => b.recv.received.size === 0).finally(() => clearInterval(sender));
    a.disconnect();
    b.disconnect();
  });

  it('by dying ends only the media on its own slot', async () => {
    ({ server } = await startMedia({ workers: 2, consumersPerSlot: 1 }));
    const a = await TestPerson.join(server, server.room('room'), 'a', VIEW);
    const b = await TestPerson.join(server, server.room('room'), 'b', VIEW);
    await a.publish(producerOptions('camera', 1));
    await b.publish(producerOptions('camera', 2));
    await eventually(() => a.showing().length + b.showing().length < 2);
    const slotOfA = server.status().slots.findIndex(({ port }) => a.peer.recvTransport.iceCandidates[0]?.port === port);
    process.kill(pidOf(slotOfA), 'SIGKILL');
    await eventually(() => !a.peer.closed);
    await eventually(() => b.showing().length > 0);
    expect(b.peer.closed).toBe(false);

    const again = await TestPerson.join(server, server.room('room'), 'a', VIEW);
    await again.publish(producerOptions('camera', 3));
    await eventually(() => b.showing().length === 0 || again.showing().length === 0);
    b.peer.close('left');
    again.peer.close('left');
    expect(server.status().slots).toMatchObject([
      { rooms: 0, peers: 0, consumers: NO_CONSUMERS },
      { rooms: 0, peers: 0, consumers: NO_CONSUMERS },
    ]);
  });

  it('by dying while somebody comes does not concern them: another worker takes them', async () => {
    ({ server } = await startMedia({ workers: 2 }));
    const room = server.room('room');
    const coming = TestPerson.join(server, room, 'a');
    process.kill(pidOf(0), 'SIGKILL');
    await expect(coming).resolves.toMatchObject({ peer: { closed: false } });
  });

  (process.platform === 'linux' ? it : it.skip)(
    'to open a pipe, for lack of sockets, is asked again, ever more seldom, until it can',
    async () => {
      const media = await startMedia({ workers: 2, consumersPerSlot: 1 });
      server = media.server;
      const a = await TestPerson.join(server, server.room('room'), 'a', VIEW);
      const b = await TestPerson.join(server, server.room('room'), 'b', VIEW);
      const failed: Record<string, number[]> = { a: [], b: [] };
      server.on('consumer-failed', ({ participantId, failure }) => {
        expect(failure).toBe('unavailable');
        failed[participantId]?.push(performance.now());
      });
      limitFiles(pidOf(0), 8);
      await Promise.all([a.publish(producerOptions('camera', 1)), b.publish(producerOptions('camera', 2))]);
      await eventually(() => media.reported.length < 2);
      expect([...a.showing(), ...b.showing()]).toEqual([]);
      for (const atMs of Object.values(failed)) {
        const waitsMs = atMs.slice(1).map((at, index) => at - (atMs[index] ?? 0));
        expect(waitsMs.length).toBeGreaterThanOrEqual(2);
        // Timers may fire a millisecond early.
        expect(waitsMs[0]).toBeGreaterThan(499);
        expect(waitsMs[1]).toBeGreaterThan(999);
      }
      limitFiles(pidOf(0), 1_024);
      await eventually(() => a.showing().length === 0 || b.showing().length === 0);
      expect([a.peer.closed, b.peer.closed]).toEqual([false, false]);
    },
  );

  it('by hanging is found, killed and replaced', async () => {
    const media = await startMedia({ sampleMs: 100, workerHangMs: 400 });
    server = media.server;
    const { peer } = await TestPerson.join(server, server.room('room'), 'a');
    process.kill(pidOf(0), 'SIGSTOP');
    await eventually(() => !peer.closed);
    await eventually(() => server.status().slots[0]?.state !== 'live');
    expect(server.status().slots[0]?.restarts).toBe(1);
    expect(media.reported.map(({ context }) => context)).toContain('worker-hang');
    await TestPerson.join(server, server.room('room'), 'a');
  });

  it('by hanging makes those who come wait no longer than the time-out', async () => {
    ({ server } = await startMedia({ requestTimeoutMs: 1_000 }));
    await TestPerson.join(server, server.room('room'), 'a');
    const pid = pidOf(0);
    process.kill(pid, 'SIGSTOP');
    // It never answers, so without a time-out this would not return.
    await expect(TestPerson.join(server, server.room('room'), 'b')).rejects.toMatchObject({
      code: 'MEDIA_UNAVAILABLE',
    });
    process.kill(pid, 'SIGCONT');
  });

  it('never to start stops the server from being made, with the reason', async () => {
    ({ server } = await startMedia());
    await expect(MediaServer.create({ listenIp: '127.0.0.1', workers: 1, workerBin: '/nonexistent' })).rejects.toThrow(
      /media worker cannot start/,
    );
    const firstPort = server.status().slots[0]?.port ?? 0;
    await expect(
      MediaServer.create({
        listenIp: '127.0.0.1',
        workers: 1,
        firstPort,
        workerBin: process.env['MEDIASOUP_WORKER_BIN'],
      }),
    ).rejects.toThrow(/media worker cannot start/);
  });

  it.each([
    [{ listenIp: 'localhost' }, 'listenIp'],
    [{ listenIp: '127.0.0.1', workers: 0 }, 'workers'],
    [{ listenIp: '127.0.0.1', audioStreams: 1.5 }, 'audioStreams'],
    [{ listenIp: '127.0.0.1', firstPort: 70_000 }, 'firstPort'],
  ])('is not even tried with the options %j', async (options, name) => {
    ({ server } = await startMedia());
    await expect(MediaServer.create(options)).rejects.toThrow(name);
  });
});
