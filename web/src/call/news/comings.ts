import type { LeaveReason, UserId } from '@minimeet/protocol';

export type Coming = { userId: UserId; name: string } & ({ type: 'joined' } | { type: 'left'; reason: LeaveReason });

/** How somebody's going is told: that one account is in two windows is nobody's business. */
export type Going = 'left' | 'removed' | 'lost';

export interface Headlines {
  joined: string[];
  left: string[];
  removed: string[];
  lost: string[];
}

/**
 * Picks the news of a moment. It leaves out people who came and went again, or went and came again (page refreshed).
 * @param comings the oldest first.
 * @returns names, in the order of the events.
 */
export function headlinesOf(comings: readonly Coming[]): Headlines {
  const news = new Map<UserId, Coming>();
  for (const coming of comings) {
    const before = news.get(coming.userId);
    if (before && before.type !== coming.type) news.delete(coming.userId);
    else news.set(coming.userId, coming);
  }
  const headlines: Headlines = { joined: [], left: [], removed: [], lost: [] };
  for (const coming of news.values()) {
    const kind = coming.type === 'joined' ? 'joined' : goingOf(coming.reason);
    if (kind) headlines[kind].push(coming.name);
  }
  return headlines;
}

function goingOf(reason: LeaveReason): Going | null {
  switch (reason) {
    case 'left':
    case 'failed':
      return 'left';
    case 'kicked':
    case 'banned':
      return 'removed';
    case 'timed-out':
      return 'lost';
    case 'replaced':
    case 'room-ended':
    case 'draining':
      return null;
  }
}
