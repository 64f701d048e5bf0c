import type { ReplyOf, ReportQualityRequest, RequestName, RequestOf } from '@minimeet/protocol';
import { MiniMeetClient } from './client.js';
import { MiniMeetError } from './errors.js';
import { JoinClock } from './join-clock.js';
import { QualityReporter } from './quality-reporter.js';
import type { StatsReport } from './received-stats.js';
import type { RemoteTrack } from './remote-tracks.js';
import { joinReply, ScriptedServer, until } from './testing/scripted-server.js';

type Entry = Parameters<Parameters<StatsReport['forEach']>[0]>[0];

const INTERVAL_MS = 30;

describe('what a client tells of its call', () => {
  let entries: Record<string, Entry>;
  let tracks: Map<string, RemoteTrack>;
  let reports: ReportQualityRequest[];
  let refusal: MiniMeetError | null;
  let clock: JoinClock;
  let reporter: QualityReporter;

  beforeEach(() => {
    entries = { T: { type: 'transport' } };
    tracks = new Map();
    reports = [];
    refusal = null;
    clock = new JoinClock();
    reporter = new QualityReporter({
      clock,
      intervalMs: INTERVAL_MS,
      received: { tracks, stats: () => Promise.resolve(new Map(Object.entries(entries).map(([id, e]) => [id, e]))) },
      requester: {
        request: <Name extends RequestName>(_name: Name, payload: RequestOf<Name>): Promise<ReplyOf<Name>> => {
          if (refusal) return Promise.reject(refusal);
          reports.push({ ...(payload as ReportQualityRequest) });
          return Promise.resolve({} as ReplyOf<Name>);
        },
      },
    });
    clock.reach('clicked');
    clock.reach('welcomed');
    clock.reach('asked');
    clock.reach('acked');
  });
  afterEach(() => reporter.end());

  it('tells how the join went as soon as the first picture is there', async () => {
    entries['V'] = { type: 'inbound-rtp', kind: 'video', framesDecoded: 0 };
    clock.reach('receiving');
    reporter.start('picture');
    await pause(150);
    expect(joins()).toEqual([]);
    entries['V'].framesDecoded = 1;
    await until(() => joins().length === 1);
    const phases = joins()[0];
    expect(Object.keys(phases ?? {}).sort()).toEqual(['ack', 'first_frame', 'media', 'socket', 'total']);
    expect(phases?.total).toBeGreaterThanOrEqual(145);
    expect(phases?.first_frame).toBeGreaterThanOrEqual(145);
    expect(phases?.media).toBeLessThan(50);
    await pause(4 * INTERVAL_MS);
    expect(joins()).toHaveLength(1);
  });

  it('takes the first packet for it where no picture is to come', async () => {
    entries['A'] = { type: 'inbound-rtp', kind: 'audio', packetsReceived: 3 };
    clock.reach('receiving');
    reporter.start('sound');
    await until(() => joins().length === 1);
    expect(joins()[0]).toHaveProperty('total');
    expect(joins()[0]).not.toHaveProperty('first_frame');
  });

  it('does not take sound for the end of it while a picture may come', async () => {
    entries['A'] = { type: 'inbound-rtp', kind: 'audio', packetsReceived: 3 };
    clock.reach('receiving');
    reporter.start('picture');
    await pause(150);
    expect(joins()).toEqual([]);
    entries['V'] = { type: 'inbound-rtp', kind: 'video', framesDecoded: 1 };
    await until(() => joins().length === 1);
    expect(joins()[0]?.first_frame).toBeGreaterThanOrEqual(145);
  });

  it('waits for the path alone in an empty room, where there is no first picture', async () => {
    reporter.start('path');
    await pause(100);
    expect(joins()).toEqual([]);
    clock.reach('receiving');
    await until(() => joins().length === 1);
    expect(Object.keys(joins()[0] ?? {}).sort()).toEqual(['ack', 'media', 'socket']);
  });

  it.each([
    ['udp', { type: 'local-candidate', candidateType: 'host', protocol: 'udp' }],
    ['tcp', { type: 'local-candidate', candidateType: 'host', protocol: 'tcp' }],
    ['relay', { type: 'local-candidate', candidateType: 'relay', protocol: 'udp' }],
  ])('names the path %s once, and again for other transports', async (path, local) => {
    Object.assign(entries, {
      T: { type: 'transport', selectedCandidatePairId: 'P' },
      P: { type: 'candidate-pair', localCandidateId: 'L' },
      L: local,
    });
    reporter.start('nothing');
    await until(() => reports.length === 1);
    await pause(3 * INTERVAL_MS);
    expect(reports.map((report) => report.path)).toEqual([path]);
    reporter.mediaReplaced();
    await until(() => reports.length === 2);
    expect(reports[1]).toEqual({ path });
  });

  it('counts what a camera stood still since the report before, and not what was paused', async () => {
    const freezes = (freezeCount: number, totalFreezesDuration: number) =>
      (entries['V'] = { type: 'inbound-rtp', kind: 'video', trackIdentifier: 't', freezeCount, totalFreezesDuration });
    freezes(1, 0.5);
    const shown = camera(false);
    tracks.set('c', shown);
    reporter.trackAdded(shown);
    reporter.start('nothing');
    await until(() => reports.length >= 2);
    freezes(3, 2);
    await until(() => sum('freezes') === 3);
    expect(sum('frozenMs')).toBe(2_000);

    tracks.set('c', camera(true));
    reporter.trackChanged(camera(true));
    await pause(3 * INTERVAL_MS);
    const whilePaused = reports.length;
    await pause(3 * INTERVAL_MS);
    expect(reports).toHaveLength(whilePaused);
    // The browser counts the pause as a freeze when the picture goes on.
    freezes(4, 30);
    tracks.set('c', shown);
    reporter.trackChanged(shown);
    await until(() => reports.length > whilePaused + 1);
    expect(sum('freezes')).toBe(3);
  });

  it('keeps what could not be sent, and tells it when it can', async () => {
    refusal = new MiniMeetError('RATE_LIMITED', 'Wait.');
    reporter.start('nothing');
    await pause(3 * INTERVAL_MS);
    refusal = null;
    await until(() => joins().length === 1);
  });

  it('stops at a server that knows no reports', async () => {
    refusal = new MiniMeetError('UNKNOWN_EVENT', 'No such request.');
    reporter.start('nothing');
    await pause(3 * INTERVAL_MS);
    refusal = null;
    reporter.mediaReplaced();
    await pause(3 * INTERVAL_MS);
    expect(reports).toEqual([]);
  });

  function joins() {
    return reports.flatMap(({ joinPhases }) => joinPhases ?? []);
  }

  function sum(field: 'freezes' | 'frozenMs'): number {
    return reports.reduce((total, report) => total + (report[field] ?? 0), 0);
  }
});

describe('a room that reports', () => {
  let server: ScriptedServer;
  let client: MiniMeetClient;

  beforeEach(async () => {
    server = await ScriptedServer.create();
    server.answer('join_room', () => ({ ok: true, data: joinReply() }));
    client = new MiniMeetClient({ url: server.url, accessToken: 'token', client: 'kiosk' });
  });
  afterEach(async () => {
    client.close();
    await server.close();
  });

  it('says what kind of client it is, and how the join went, once', async () => {
    const room = await client.join('room');
    await until(() => server.payloads('report_quality').length === 1);
    expect(server.handshakes).toEqual([{ token: 'token', protocolVersion: '1.0', client: 'kiosk' }]);
    expect(server.payloads('report_quality')).toEqual([
      { joinPhases: { socket: expect.any(Number) as number, ack: expect.any(Number) as number } },
    ]);
    server.cut();
    await until(() => room.connection === 'reconnecting');
    await until(() => room.connection === 'connected');
    await pause(100);
    expect(server.payloads('report_quality')).toHaveLength(1);
  });

  it('measures from the click when the connection was there before', async () => {
    await client.connect();
    await pause(100);
    await client.join('room');
    await until(() => server.payloads('report_quality').length === 1);
    const [report] = server.payloads('report_quality') as [ReportQualityRequest];
    expect(report.joinPhases?.socket).toBeLessThan(20);
  });

  it('is not disturbed when the server does not know reports', async () => {
    server.answer('report_quality', () => ({
      ok: false,
      error: { code: 'UNKNOWN_EVENT', message: 'No such request.', retryable: false },
    }));
    const room = await client.join('room');
    const errors: unknown[] = [];
    room.on('error', (error) => errors.push(error));
    await until(() => server.payloads('report_quality').length === 1);
    await pause(50);
    expect(room.connection).toBe('connected');
    expect(errors).toEqual([]);
  });
});

function camera(paused: boolean): RemoteTrack {
  // Only its id is read, and Node has no tracks.
  const track = { id: 't' } as MediaStreamTrack;
  return { consumerId: 'c', producerId: 'p', participantId: 'x', source: 'camera', kind: 'video', track, paused };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
