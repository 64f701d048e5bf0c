import type { Role } from '@minimeet/protocol';

export type GivableRole = Exclude<Role, 'guest'>;

/** What one is oneself: the two differ for who only acts as the host, because no host is in the call. */
export interface OwnRole {
  inCall: Role;
  /** By the room's record, which outlives the call. */
  recorded: Role;
}

/** What one may do to somebody else in the call. */
export interface Powers {
  mute: boolean;
  lowerHand: boolean;
  remove: boolean;
  ban: boolean;
  /** What one may make of them. */
  roles: readonly GivableRole[];
}

const GIVABLE: readonly GivableRole[] = ['host', 'moderator', 'member'];

/** Whether one moderates. The server decides; this says what is worth offering. */
export function isModerating(role: Role): boolean {
  return role === 'host' || role === 'moderator';
}

/**
 * The server's rules: a moderator does nothing to a host but lower their hand, and what outlives the call (a ban, a role) takes the room's record.
 * @param target the other's role in the call.
 */
export function powersOver({ inCall, recorded }: OwnRole, target: Role): Powers {
  const moderates = isModerating(inCall);
  const reaches = moderates && (inCall === 'host' || target !== 'host');
  return {
    mute: reaches,
    lowerHand: moderates,
    remove: reaches,
    ban: reaches && isModerating(recorded),
    roles: recorded === 'host' && target !== 'guest' ? GIVABLE.filter((role) => role !== target) : [],
  };
}
