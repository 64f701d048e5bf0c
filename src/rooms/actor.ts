import type { Identity } from '../auth/identity.js';

/** The person who asks for a change of a room. */
export interface Actor extends Identity {
  /**
   * Whether this member acts as host of a call without one, by the gateway's own record. The room treats an acting host
   * as a moderator: only hosts make hosts.
   */
  isActingHost?: boolean;
}
