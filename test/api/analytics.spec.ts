import type { AnalyticsSummary, Room, Session } from '@minimeet/protocol';
import { ToldStay } from '../support/call-facts.js';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { expectOk, newAccount, problemOf, register, send } from '../support/http.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

describeOnEveryDatabase('the figures of all calls', (database) => {
  const account = newAccount('Ada');
  const { server } = database.useServer({ ADMIN_EMAILS: `someone@example.org,${account.email.toUpperCase()}` });
  let admin: Session;

  beforeAll(async () => {
    admin = await expectOk<Session>(send(server.origin, 'POST', '/api/auth/register', { body: account }));
  });

  const ask = (query = '', session?: Session) =>
    send(server.origin, 'GET', `/api/analytics/summary${query}`, { token: (session ?? admin).accessToken });
  const summaryOf = (from: string, to: string) => expectOk<AnalyticsSummary>(ask(`?from=${from}&to=${to}`));

  function roomOf(session: Session): Promise<Room> {
    const options = { token: session.accessToken, body: { name: 'A room' } };
    return expectOk<Room>(send(server.origin, 'POST', '/api/rooms', options));
  }

  it('are nothing where there were no calls', async () => {
    const before = Date.now();
    const summary = await expectOk<AnalyticsSummary>(ask());
    expect(summary).toMatchObject({
      calls: 0,
      participations: 0,
      participantMinutes: 0,
      reconnects: 0,
      samples: { good: 0, fair: 0, poor: 0, bad: 0 },
      medianRoundTripTimeMs: null,
      p95LossRatio: null,
    });
    expect(Date.parse(summary.to)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(summary.to) - Date.parse(summary.from)).toBe(7 * DAY_MS);
  });

  it('are of the calls that began in a time, with all that belongs to them', async () => {
    const at = (seconds: number): Date => new Date(Date.parse('2026-03-01T10:00:00Z') + seconds * 1_000);
    const ann = await register(server.origin, 'Ann');
    const ben = await register(server.origin, 'Ben');
    const room = await roomOf(ann);
    const annStays = ToldStay.joins(server, room, ann, { at: at(0) });
    const benStays = ToldStay.joins(server, room, ben, { at: at(300) });
    // 100 samples: 94 of 0 … 93 ms, and 6 that lost 8 %.
    for (let number = 0; number < 94; number += 1) {
      annStays.isSampled('up', at(10 + number), { roundTripTimeMs: number });
    }
    for (let number = 0; number < 6; number += 1) {
      benStays.isSampled('down', at(310 + number), { roundTripTimeMs: 100, lossRatio: 0.08 });
    }
    benStays.tell('connection-lost', at(320), {});
    benStays.tell('connection-resumed', at(321), { lostMs: 1_000 });
    benStays.leaves(at(600));
    annStays.leaves(at(3_600));
    // Another call, that is not of the time that is asked for.
    const later = ToldStay.joins(server, await roomOf(ben), ben, { at: at(2 * 86_400) });
    later.isSampled('up', at(2 * 86_400 + 10), { lossRatio: 0.5 });
    later.leaves(at(2 * 86_400 + 60));

    const both = await eventually(async () => {
      const summary = await summaryOf('2026-02-01', '2026-03-31T00:00:00Z');
      return summary.calls === 2 && summary.samples.bad === 1 && summary.participations === 3 ? summary : undefined;
    }, 'the calls are not counted');
    expect(both).toMatchObject({ participantMinutes: 66, reconnects: 1 });
    expect(await summaryOf('2026-03-01T10:00:00Z', '2026-03-02T00:00:00%2B01:00')).toEqual({
      from: '2026-03-01T10:00:00.000Z',
      to: '2026-03-01T23:00:00.000Z',
      calls: 1,
      participations: 2,
      participantMinutes: 65,
      reconnects: 1,
      samples: { good: 94, fair: 0, poor: 6, bad: 0 },
      medianRoundTripTimeMs: 49,
      p95LossRatio: 0.08,
    });
    // `from` is inclusive, `to` exclusive.
    expect((await summaryOf('2026-03-01T10:00:00.001Z', '2026-03-02')).calls).toBe(0);
    expect((await summaryOf('2026-02-28', '2026-03-01T10:00:00.000Z')).calls).toBe(0);
  });

  it.each([
    ['?from=yesterday', 'from'],
    ['?to=2026-13-01', 'to'],
    ['?from=2026-02-30', 'from'],
    ['?from=', 'from'],
    ['?from=2026-W01', 'from'],
    ['?from=2026-01-02&to=2026-01-01', 'from'],
    ['?from=2026-01-01&to=2026-01-01', 'from'],
    ['?from=2024-01-01&to=2026-01-01', 'from'],
    ['?from=1-1-1', 'from'],
    ['?since=2026-01-01', 'since'],
  ])('refuse %s', async (query, field) => {
    const problem = problemOf(await ask(query));
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_PAYLOAD' });
    expect(Object.keys(problem.details ?? {}).join()).toContain(field);
  });

  it('take a whole leap year and not a day more', async () => {
    expect((await ask('?from=2024-01-01&to=2025-01-01')).status).toBe(200);
    expect((await ask('?from=2024-01-01&to=2025-01-02')).status).toBe(400);
  });

  it('are for administrators, whichever case their address has', async () => {
    const ann = await register(server.origin, 'Ann');
    const room = await roomOf(ann);
    const { token: invite } = await expectOk<{ token: string }>(
      send(server.origin, 'POST', `/api/rooms/${room.slug}/invites`, { token: ann.accessToken, body: {} }),
    );
    const body = { displayName: account.email, invite };
    const guest = await expectOk<Session>(send(server.origin, 'POST', '/api/auth/guest', { body }));
    for (const path of ['summary', 'worst-rooms']) {
      const status = async (token?: string) =>
        (await send(server.origin, 'GET', `/api/analytics/${path}`, { token })).status;
      expect([path, await status(admin.accessToken)]).toEqual([path, 200]);
      expect([path, await status(ann.accessToken)]).toEqual([path, 403]);
      expect([path, await status(guest.accessToken)]).toEqual([path, 403]);
      expect([path, await status()]).toEqual([path, 401]);
    }
  });
});
