import type { InviteSummary, Page, Room } from '@minimeet/protocol';
import { DataSource } from 'typeorm';
import { describeOnEveryDatabase } from '../support/databases.js';
import { expectOk } from '../support/http.js';
import { outcomeOf, RoomPeople, type RoomPerson } from '../support/room-people.js';

describeOnEveryDatabase('invites', (database) => {
  const { server } = database.useServer();
  let people: RoomPeople;
  let host: RoomPerson;
  let member: RoomPerson;
  let others: RoomPerson[];

  beforeAll(async () => {
    people = new RoomPeople(server);
    host = await people.register('Hannah');
    member = await people.register('Mel');
    others = await Promise.all(Array.from({ length: 20 }, (_, index) => people.register(`Person ${index}`)));
  });

  /** Nobody comes in without an invite, but Mel is in. */
  async function invitedRoom(): Promise<Room> {
    const room = await people.createRoom(host);
    await people.enter(member, room);
    return people.change(host, room, { access: 'invited' });
  }

  const list = async (person: RoomPerson, { slug }: Room): Promise<InviteSummary[]> =>
    (await expectOk<Page<InviteSummary>>(people.as(person, 'GET', `rooms/${slug}/invites`))).items;
  const usesOf = async (room: Room, id: string) => (await list(host, room)).find((invite) => invite.id === id)?.uses;
  const revoke = (person: RoomPerson, { slug }: Room, id: string) =>
    people.outcome(person, 'DELETE', `rooms/${slug}/invites/${id}`);
  const expire = (id: string) =>
    server.app.get(DataSource).manager.update('InviteEntity', { id }, { expiresAt: new Date(Date.now() - 1) });

  it('count who becomes a member with them, once, and nobody who was one', async () => {
    const room = await invitedRoom();
    const { id, token } = await people.invite(member, room, { maxUses: 5 });
    const [ann, bea] = others as [RoomPerson, RoomPerson];
    expect(await people.enter(member, room, { invite: token })).toBe('member');
    expect(await usesOf(room, id)).toBe(0);
    for (let time = 0; time < 3; time += 1) expect(await people.enter(ann, room, { invite: token })).toBe('member');
    expect(await usesOf(room, id)).toBe(1);
    await Promise.all(Array.from({ length: 10 }, () => people.enter(bea, room, { invite: token })));
    expect(await usesOf(room, id)).toBe(2);
    // A guest has used it with their account, and not again at the door.
    const guest = await people.guest(room, token);
    expect(await usesOf(room, id)).toBe(3);
    expect(await people.enter(guest, room, { invite: token })).toBe('guest');
    expect(await usesOf(room, id)).toBe(3);
  });

  it('let exactly five in when twenty use one for five at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const room = await invitedRoom();
      const { token } = await people.invite(host, room, { maxUses: 5 });
      const outcomes = await Promise.all(others.map((person) => people.tryEnter(person, room, { invite: token })));
      expect(outcomes.filter((outcome) => outcome === 'member')).toHaveLength(5);
      expect(outcomes.filter((outcome) => outcome === 'INVITE_INVALID')).toHaveLength(15);
      expect((await people.roles(host, room)).size).toBe(2 + 5);
      expect(await list(host, room)).toEqual([]);
    }
  }, 60_000);

  it('let exactly five in when guests and accounts use one for five at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const room = await invitedRoom();
      const { token } = await people.invite(host, room, { maxUses: 5 });
      const outcomes = await Promise.all(
        others.map(async (person, index) =>
          index % 2 === 0
            ? people.tryEnter(person, room, { invite: token })
            : outcomeOf(await people.askForGuest(token)).replace('201', 'guest'),
        ),
      );
      expect(outcomes.filter((outcome) => outcome !== 'INVITE_INVALID')).toHaveLength(5);
      expect((await people.roles(host, room)).size).toBe(2 + outcomes.filter((outcome) => outcome === 'member').length);
    }
  }, 60_000);

  it('that are used up, expired or revoked are listed no more, and open nothing', async () => {
    const room = await invitedRoom();
    const [usedUp, expired, revoked, good] = await Promise.all(
      [{ maxUses: 1 }, {}, {}, { expiresInSeconds: 60, maxUses: 3 }].map((body) => people.invite(host, room, body)),
    );
    if (!usedUp || !expired || !revoked || !good) throw new Error('not all were made');
    await people.guest(room, usedUp.token);
    await expire(expired.id);
    expect(await revoke(host, room, revoked.id)).toBe('204');
    expect(await revoke(host, room, revoked.id)).toBe('NOT_FOUND');
    const { token, ...summary } = good;
    expect(await list(host, room)).toEqual([summary]);
    expect(summary).toMatchObject({ createdByName: 'Hannah', maxUses: 3, uses: 0 });
    expect(Date.parse(summary.expiresAt) - Date.parse(summary.createdAt)).toBe(60_000);
    for (const invite of [usedUp.token, expired.token, revoked.token, 'never heard of', token.toUpperCase()]) {
      expect(await people.tryEnter(others[0] as RoomPerson, room, { invite })).toBe('INVITE_INVALID');
      expect(outcomeOf(await people.askForGuest(invite))).toBe('INVITE_INVALID');
    }
    expect(await people.tryEnter(others[0] as RoomPerson, room, { invite: token })).toBe('member');
  });

  it('are seen and revoked by who made them, all of them by hosts and moderators', async () => {
    const [room, elsewhere] = [await invitedRoom(), await invitedRoom()];
    const [moderator, colleague] = others as [RoomPerson, RoomPerson];
    for (const person of [moderator, colleague]) {
      await people.enter(person, room, { invite: (await people.invite(host, room, { maxUses: 1 })).token });
    }
    await people.memberships.setRole(host.identity, room.id, moderator.identity.userId, 'moderator');
    const ofHost = await people.invite(host, room);
    const ofMember = await people.invite(member, room);
    const ofColleague = await people.invite(colleague, room);
    const ids = async (person: RoomPerson) => (await list(person, room)).map(({ id }) => id);
    const all = [ofColleague.id, ofMember.id, ofHost.id];
    expect(await ids(host)).toEqual(all);
    expect(await ids(moderator)).toEqual(all);
    expect(await ids(member)).toEqual([ofMember.id]);
    expect(await revoke(member, room, ofColleague.id)).toBe('NOT_FOUND');
    expect(await revoke(host, elsewhere, ofMember.id)).toBe('NOT_FOUND');
    expect(await revoke(member, room, ofMember.id)).toBe('204');
    expect(await revoke(moderator, room, ofHost.id)).toBe('204');
    expect(await ids(host)).toEqual([ofColleague.id]);
  });

  it('are listed page by page, the newest first', async () => {
    const room = await invitedRoom();
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) made.unshift((await people.invite(host, room)).id);
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const query: string = next ? `&after=${next}` : '';
      const page: Page<InviteSummary> = await expectOk<Page<InviteSummary>>(
        people.as(host, 'GET', `rooms/${room.slug}/invites?limit=2${query}`),
      );
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next);
    expect(seen).toEqual(made);
  });

  it('that are revoked leave in who has come, and out who has only come as far as the door', async () => {
    const room = await invitedRoom();
    const { id, token } = await people.invite(host, room);
    const [inside, outside] = [await people.guest(room, token), await people.guest(room, token)];
    await people.enter(inside, room);
    await revoke(host, room, id);
    expect(await people.tryEnter(inside, room)).toBe('guest');
    expect(await people.tryEnter(outside, room)).toBe('FORBIDDEN');
    const { token: another } = await people.invite(host, room);
    expect(await people.tryEnter(outside, room, { invite: another })).toBe('guest');
  });

  it('of somebody who is removed go with them, and a guest who is out needs a new one', async () => {
    const room = await invitedRoom();
    const ofMember = await people.invite(member, room);
    const ofHost = await people.invite(host, room);
    const guest = await people.guest(room, ofHost.token);
    await people.enter(guest, room);
    for (const { identity } of [member, guest]) {
      await people.memberships.remove(host.identity, room.id, identity.userId, { ban: false });
    }
    expect((await list(host, room)).map(({ id }) => id)).toEqual([ofHost.id]);
    expect(await people.tryEnter(member, room, { invite: ofMember.token })).toBe('INVITE_INVALID');
    expect(await people.tryEnter(guest, room)).toBe('FORBIDDEN');
    expect(await people.tryEnter(guest, room, { invite: ofHost.token })).toBe('guest');
    expect(await people.tryEnter(member, room, { invite: ofHost.token })).toBe('member');
  });

  it('that a banned person came with are revoked, whether they had an account or not', async () => {
    const room = await invitedRoom();
    const [forAccount, forGuest, kept] = [
      await people.invite(host, room),
      await people.invite(host, room),
      await people.invite(host, room),
    ];
    const account = others[0] as RoomPerson;
    await people.enter(account, room, { invite: forAccount.token });
    const guest = await people.guest(room, forGuest.token);
    for (const { identity } of [account, guest]) {
      await people.memberships.remove(host.identity, room.id, identity.userId, { ban: true });
    }
    expect((await list(host, room)).map(({ id }) => id)).toEqual([kept.id]);
  });
});
