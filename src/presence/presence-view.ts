import type { Presence, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { LastSeen } from './last-seen.js';
import { PresenceService } from './presence.service.js';

/** What others may know of whether somebody is there. */
@Injectable()
export class PresenceView {
  constructor(
    private readonly presence: PresenceService,
    private readonly lastSeen: LastSeen,
  ) {}

  /** Reads what has to be read; who is there is looked at when it is taken, so that whoever begins to listen then misses nothing. */
  async read(userIds: readonly UserId[]): Promise<() => Presence[]> {
    const lastSeen = await this.lastSeen.of(userIds);
    return () =>
      userIds.map((userId) => {
        const status = this.presence.statusOf(userId);
        const at = status === 'offline' ? lastSeen.get(userId) : undefined;
        return { userId, status, lastSeenAt: at?.toISOString() ?? null };
      });
  }
}
