import type { Role } from '@minimeet/protocol';
import { AppError } from '../../common/errors/index.js';

/** An act on a call, or on somebody in it. */
export type CallAction = 'lower-hand' | 'mute' | 'remove' | 'admit' | 'lock' | 'end';

interface Power {
  roles: readonly Role[];
  /** A moderator may not do it to a host. */
  sparesHosts: boolean;
}

const MODERATING = ['host', 'moderator'] as const;

const POWERS: Record<CallAction, Power> = {
  'lower-hand': { roles: MODERATING, sparesHosts: false },
  mute: { roles: MODERATING, sparesHosts: true },
  remove: { roles: MODERATING, sparesHosts: true },
  admit: { roles: MODERATING, sparesHosts: false },
  lock: { roles: MODERATING, sparesHosts: false },
  end: { roles: ['host'], sparesHosts: false },
};

/** Whether one moderates: sees who waits, and is not bound by the lock and by `allowUnmute`. */
export function isModerating(role: Role): boolean {
  return role === 'host' || role === 'moderator';
}

/** @param target whom it is done to, when it is done to one person. */
export function mayAct(actor: Role, action: CallAction, target?: Role): boolean {
  const { roles, sparesHosts } = POWERS[action];
  if (!roles.includes(actor)) return false;
  return !(sparesHosts && actor === 'moderator' && target === 'host');
}

/** @throws AppError FORBIDDEN */
export function assertMayAct(actor: Role, action: CallAction, target?: Role): void {
  if (mayAct(actor, action, target)) return;
  if (!mayAct(actor, action)) {
    throw new AppError(
      'FORBIDDEN',
      action === 'end' ? 'Only a host may do this.' : 'Only hosts and moderators may do this.',
    );
  }
  throw new AppError('FORBIDDEN', 'A moderator cannot do this to a host.');
}
