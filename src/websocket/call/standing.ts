import type { Role, UserId } from '@minimeet/protocol';

/**
 * The standing of a person in a call, apart from their media. It belongs to the person and not to the tab: a stay that
 * replaces another of the same account takes it over.
 */
export class Standing {
  /** Since they came into this call. */
  readonly since = new Date();
  isActingHost = false;
  handRaisedAt: Date | null = null;
  away = false;
  /** Their microphone was on when its media was lost: having it on again is no unmuting. */
  microphoneWasOn = false;

  constructor(
    readonly userId: UserId,
    /** By the room's record, which is kept here as it changes. */
    public role: Role,
  ) {}

  /** The role of the person in this call, also as its acting host. */
  get roleInCall(): Role {
    return this.isActingHost ? 'host' : this.role;
  }
}
