import type { Identity } from '../auth/identity.js';

/** Who asks for something to be done to a room. */
export interface Actor extends Identity {
  /**
   * By the gateway's own record: no host is in the call, and this member acts as one there. For the room that makes a moderator of
   * them, and no more: only hosts make hosts.
   */
  isActingHost?: boolean;
}
