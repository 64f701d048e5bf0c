import type { Presence, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import type { Reading } from '../common/reading.js';
import { LastSeen } from './last-seen.js';
import { PresenceService } from './presence.service.js';

/** Presence as others may see it. */
@Injectable()
export class PresenceView {
  constructor(
    private readonly presence: PresenceService,
    private readonly lastSeen: LastSeen,
  ) {}

  /** Reads the times from the database; `take` adds who is there now. */
  async read(userIds: readonly UserId[]): Promise<Reading<Presence[]>> {
    const lastSeen = await this.lastSeen.of(userIds);
    const now = (userId: UserId): Presence => {
      const status = this.presence.statusOf(userId);
      const at = status === 'offline' ? lastSeen.get(userId) : undefined;
      return { userId, status, lastSeenAt: at?.toISOString() ?? null };
    };
    return { take: () => userIds.map(now) };
  }
}
