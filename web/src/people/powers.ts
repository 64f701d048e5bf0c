import type { Role } from '@minimeet/protocol';
import { moderates } from '../rooms/room-roles.js';

export type GivableRole = Exclude<Role, 'guest'>;

/** One's own roles: the two differ for somebody who only acts as the host, because no host is in the call. */
export interface OwnRole {
  inCall: Role;
  /** By the room's record, which outlives the call. */
  recorded: Role;
}

/** The actions that one may take on somebody else in the call. */
export interface Powers {
  mute: boolean;
  lowerHand: boolean;
  remove: boolean;
  ban: boolean;
  /** The roles that one may give them. */
  roles: readonly GivableRole[];
}

const GIVABLE: readonly GivableRole[] = ['host', 'moderator', 'member'];

/**
 * The server's rules: a moderator does nothing to a host but lower their hand; actions that outlive the call (a ban, a
 * role) take the room's record.
 * @param target the other's role in the call.
 */
export function powersOver({ inCall, recorded }: OwnRole, target: Role): Powers {
  const isModerator = moderates(inCall);
  const reaches = isModerator && (inCall === 'host' || target !== 'host');
  return {
    mute: reaches,
    lowerHand: isModerator,
    remove: reaches,
    ban: reaches && moderates(recorded),
    roles: recorded === 'host' && target !== 'guest' ? GIVABLE.filter((role) => role !== target) : [],
  };
}
