import type { Invite, Page, Role, Room, RoomBan, RoomMember, Session } from '@minimeet/protocol';
import type { Identity } from '../../src/auth/identity.js';
import { MembershipsService } from '../../src/rooms/memberships.service.js';
import { RoomDoor } from '../../src/rooms/room-door.js';
import { RoomSettings } from '../../src/rooms/room-settings.js';
import { type Answer, expectOk, problemOf, register, type RequestOptions, send } from './http.js';
import type { RunningServer } from './server.js';

/** Somebody with an account, or a guest of one room. */
export interface RoomPerson {
  session: Session;
  identity: Identity;
}

/** Rooms and the people in them, over REST as any client does it; only what the gateway does asks the services. */
export class RoomPeople {
  readonly door: RoomDoor;
  readonly memberships: MembershipsService;
  readonly settings: RoomSettings;

  constructor(private readonly server: RunningServer) {
    this.door = server.app.get(RoomDoor, { strict: false });
    this.memberships = server.app.get(MembershipsService, { strict: false });
    this.settings = server.app.get(RoomSettings, { strict: false });
  }

  async register(displayName: string): Promise<RoomPerson> {
    return personOf(await register(this.server.origin, displayName), null);
  }

  async guest(room: Room, invite: string, displayName = 'Gil'): Promise<RoomPerson> {
    return personOf(await expectOk<Session>(this.askForGuest(invite, displayName)), room.id);
  }

  askForGuest(invite: string, displayName = 'Gil'): Promise<Answer> {
    return send(this.server.origin, 'POST', '/api/auth/guest', { body: { displayName, invite } });
  }

  as({ session }: RoomPerson, method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    return send(this.server.origin, method, `/api/${path}`, { token: session.accessToken, ...options });
  }

  /** The status of a success, the code of a failure. */
  async outcome(person: RoomPerson, method: string, path: string, body?: object): Promise<string> {
    return outcomeOf(await this.as(person, method, path, { body }));
  }

  createRoom(host: RoomPerson, body: object = {}): Promise<Room> {
    return expectOk<Room>(this.as(host, 'POST', 'rooms', { body: { name: 'Room', ...body } }));
  }

  room(person: RoomPerson, { slug }: Room): Promise<Room> {
    return expectOk<Room>(this.as(person, 'GET', `rooms/${slug}`));
  }

  change(person: RoomPerson, { slug }: Room, body: object): Promise<Room> {
    return expectOk<Room>(this.as(person, 'PATCH', `rooms/${slug}`, { body }));
  }

  invite(person: RoomPerson, { slug }: Room, body: object = {}): Promise<Invite> {
    return expectOk<Invite>(this.as(person, 'POST', `rooms/${slug}/invites`, { body }));
  }

  async enter(person: RoomPerson, { slug }: Room, credentials?: { invite?: string; password?: string }): Promise<Role> {
    return (await this.door.enter(person.identity, slug, credentials)).role;
  }

  /** The role that one gets at the door, or the code of the refusal. */
  async tryEnter(...args: Parameters<RoomPeople['enter']>): Promise<string> {
    return codeOf(this.enter(...args));
  }

  /** Everybody's role, by account. */
  async roles(person: RoomPerson, { slug }: Room): Promise<Map<string, Role>> {
    const { items } = await expectOk<Page<RoomMember>>(this.as(person, 'GET', `rooms/${slug}/members?limit=100`));
    return new Map(items.map(({ userId, role }) => [userId, role]));
  }

  async banned(person: RoomPerson, { slug }: Room): Promise<string[]> {
    const { items } = await expectOk<Page<RoomBan>>(this.as(person, 'GET', `rooms/${slug}/bans`));
    return items.map(({ userId }) => userId);
  }
}

/** A room of one account, which others have been in. */
export async function roomOf(server: RunningServer, host: Session, ...members: Session[]): Promise<Room> {
  const people = new RoomPeople(server);
  const room = await people.createRoom(personOf(host, null), { name: 'A room' });
  for (const member of members) await people.enter(personOf(member, null), room);
  return room;
}

export function outcomeOf(answer: Answer): string {
  return answer.status < 300 ? String(answer.status) : problemOf(answer).code;
}

/** The error code of a failed attempt, else its result. */
export async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    return String(await attempt);
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
    throw error;
  }
}

function personOf(session: Session, guestRoomId: string | null): RoomPerson {
  const { id: userId, displayName, pictureUrl } = session.user;
  return { session, identity: { userId, displayName, pictureUrl, guestRoomId } };
}
