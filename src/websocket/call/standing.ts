import type { Role, UserId } from '@minimeet/protocol';

/**
 * What a person is in a call besides their media. It goes with the person, and not with the tab: a stay that replaces another of the
 * same account takes it over.
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

  /** What they are and may do in this call. */
  get roleInCall(): Role {
    return this.isActingHost ? 'host' : this.role;
  }
}
