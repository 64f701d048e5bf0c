import type { Role, RoomId, RoomSlug, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { Identity } from '../auth/identity.js';
import { EventBus } from '../common/events/index.js';
import { MemberRooms } from '../rooms/member-rooms.js';

/** People whose memberships are remembered; one more takes the place of the first. */
const MAX_PEOPLE = 10_000;

/** The role that somebody has in a room's chat, by the server's record. */
export interface ChatMembership {
  roomId: RoomId;
  role: Role;
}

/**
 * Tells members of a chat from others. Every request asks, so the answer is remembered until a fact changes it. A
 * refusal is not remembered: anybody may become a member at any time.
 */
@Injectable()
export class ChatAccess {
  private readonly memberships = new Map<UserId, Map<RoomSlug, Promise<ChatMembership>>>();

  constructor(
    private readonly rooms: MemberRooms,
    events: EventBus,
  ) {
    // Look-ups that are under way are forgotten as well: they may have read what was before.
    events.subscribe('member-removed', ({ userId }) => void this.memberships.delete(userId));
    events.subscribe('member-role-changed', ({ userId }) => void this.memberships.delete(userId));
    events.subscribe('room-deleted', () => this.memberships.clear());
  }

  /** @throws AppError NOT_FOUND, FORBIDDEN for all but members */
  membership(identity: Identity, slug: RoomSlug): Promise<ChatMembership> {
    const ofPerson = this.ofPerson(identity.userId);
    const known = ofPerson.get(slug);
    if (known) return known;
    const membership = this.lookUp(identity, slug);
    ofPerson.set(slug, membership);
    membership.catch(() => ofPerson.delete(slug));
    return membership;
  }

  private ofPerson(userId: UserId): Map<RoomSlug, Promise<ChatMembership>> {
    const known = this.memberships.get(userId);
    if (known) return known;
    const [first] = this.memberships.keys();
    if (this.memberships.size >= MAX_PEOPLE && first !== undefined) this.memberships.delete(first);
    const ofPerson = new Map<RoomSlug, Promise<ChatMembership>>();
    this.memberships.set(userId, ofPerson);
    return ofPerson;
  }

  private async lookUp(identity: Identity, slug: RoomSlug): Promise<ChatMembership> {
    const { room, role } = await this.rooms.find(identity, slug);
    return { roomId: room.id, role };
  }
}
