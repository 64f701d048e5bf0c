import type { Presence, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { LastSeen } from './last-seen.js';
import { PresenceService } from './presence.service.js';

/** Presence as others may see it. */
@Injectable()
export class PresenceView {
  constructor(
    private readonly presence: PresenceService,
    private readonly lastSeen: LastSeen,
  ) {}

  /**
   * Reads the times from the database. The function that it gives adds who is there now, so that a caller who begins to
   * listen in the same turn misses nothing.
   */
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
