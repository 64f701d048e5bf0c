import type { Role } from '@minimeet/protocol';

/** Whether one may change the room, its members and its invitations. The server decides; the page only offers. */
export function moderates(role: Role | null): boolean {
  return role === 'host' || role === 'moderator';
}
