import type { JoinRoomReply, Participant, ParticipantId, Role, Room } from '@minimeet/protocol';
import { eventually } from './eventually.js';
import { Person } from './person.js';
import type { RunningServer } from './server.js';

/** Somebody in the call. */
export interface Attendee {
  person: Person;
  id: ParticipantId;
}

/** A room, and people who come into its call as what they are to be there. */
export class Meeting {
  private constructor(
    private readonly server: RunningServer,
    readonly room: Room,
    /** Made the room, and is not in the call until `enters`. */
    readonly owner: Person,
  ) {}

  static async of(server: RunningServer): Promise<Meeting> {
    const owner = await Person.connected(server.origin, 'Owner');
    return new Meeting(server, await owner.createRoom(), owner);
  }

  get slug(): string {
    return this.room.slug;
  }

  /** An account (a guest with an invite) that is not in the room yet, connected. */
  async outsider(name: string, role: Role = 'member'): Promise<Person> {
    const person = await this.account(name, role);
    await person.connect();
    return person;
  }

  /** Into the call, as `role`. */
  async enters(name: string, role: Role): Promise<Attendee> {
    const person = await this.outsider(name, role);
    await person.join(this.slug);
    if (role !== 'member' && role !== 'guest') await this.changeRole(person, role);
    await person.request('leave_room');
    return this.comes(person);
  }

  /** Into the call, as what they are. */
  async comes(person: Person): Promise<Attendee> {
    const { self } = await person.join(this.slug);
    person.heard.length = 0;
    return { person, id: self.id };
  }

  async changeRole(person: Person, role: Role): Promise<void> {
    await this.owner.rest('PATCH', `rooms/${this.slug}/members/${person.userId}`, { role });
  }

  private account(name: string, role: Role): Promise<Person> {
    return role === 'guest' ? this.guest(name) : Person.register(this.server.origin, name);
  }

  private async guest(name: string): Promise<Person> {
    const { token } = await this.owner.rest<{ token: string }>('POST', `rooms/${this.slug}/invites`, {});
    return Person.guest(this.server.origin, name, token);
  }
}

/** The people of a call as somebody in it was told: by the reply to their join and by later notifications. */
export class Watched {
  constructor(
    private readonly watcher: Person,
    private readonly reply: JoinRoomReply,
  ) {}

  static async of(watcher: Person, slug: string): Promise<Watched> {
    watcher.heard.length = 0;
    return new Watched(watcher, await watcher.join(slug));
  }

  /** As told by now. */
  get now(): Participant[] {
    const people = new Map([this.reply.self, ...this.reply.participants].map((one) => [one.id, one]));
    for (const { name, payload } of this.watcher.heard) {
      if (name === 'participant_joined' || name === 'participant_updated') {
        const { participant } = payload as { participant: Participant };
        people.set(participant.id, participant);
      }
      if (name === 'participant_left') people.delete((payload as { participantId: string }).participantId);
    }
    return [...people.values()];
  }

  get hosts(): string[] {
    return this.now.filter(({ role }) => role === 'host').map(({ displayName }) => displayName);
  }

  async sees(hosts: string[]): Promise<void> {
    await eventually(
      () => (this.hosts.sort().join() === hosts.sort().join() ? true : undefined),
      () => `the hosts are ${this.hosts.join()} and not ${hosts.join()}`,
    );
  }
}
