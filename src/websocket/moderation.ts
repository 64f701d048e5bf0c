import {
  type Done,
  LIMITS,
  type MuteParticipantRequest,
  type RaiseHandRequest,
  type SendReactionRequest,
  type SetDisplayStateRequest,
} from '@minimeet/protocol';
import { AppError } from '../common/errors/index.js';
import { assertMayAct, mayAct } from './call-powers.js';
import type { MeetingSocket } from './meeting-socket.js';
import type { SocketSession } from './socket-session.js';
import type { Stay } from './stay.js';
import { TokenBucket } from './token-bucket.js';

/** What one connected person does to the call that they are in: small signs, and what hosts and moderators may. */
export class Moderation {
  private readonly signs: TokenBucket | null;

  constructor(
    { data }: MeetingSocket,
    private readonly session: Pick<SocketSession, 'currentStay'>,
  ) {
    this.signs = data.isLoadTest ? null : new TokenBucket(LIMITS.signBurst, LIMITS.signsPerSecond);
  }

  /** @throws AppError WRONG_STATE, FORBIDDEN, NOT_FOUND, RATE_LIMITED, INVALID_PAYLOAD (raising somebody else's) */
  raiseHand({ raised, participantId }: RaiseHandRequest): Done {
    const self = this.session.currentStay();
    const stay = participantId === undefined ? self : self.call.participant(participantId);
    if (stay === self) this.takeSign();
    else if (raised) throw new AppError('INVALID_PAYLOAD', 'Only they themselves raise somebody’s hand.');
    else assertMayAct(self.role, 'lower-hand', stay.role);
    stay.raiseHand(raised, stay === self ? null : nameOf(self));
    return {};
  }

  /** @throws AppError WRONG_STATE, RATE_LIMITED */
  sendReaction({ reaction }: SendReactionRequest): Done {
    const self = this.session.currentStay();
    this.takeSign();
    self.call.tell('reaction', { participantId: self.id, reaction });
    return {};
  }

  /** @throws AppError WRONG_STATE, RATE_LIMITED */
  setDisplayState({ away }: SetDisplayStateRequest): Done {
    const self = this.session.currentStay();
    this.takeSign();
    self.setAway(away);
    return {};
  }

  /** @throws AppError WRONG_STATE, FORBIDDEN, NOT_FOUND, MEDIA_UNAVAILABLE */
  async muteParticipant({ participantId, source }: MuteParticipantRequest): Promise<Done> {
    const self = this.session.currentStay();
    await Promise.all(this.targets(self, participantId).map((stay) => stay.mute(source, nameOf(self))));
    return {};
  }

  /** One, or everybody else to whom one may do it. */
  private targets(self: Stay, participantId: MuteParticipantRequest['participantId']): Stay[] {
    assertMayAct(self.role, 'mute');
    if (participantId === undefined) {
      return self.call.people.filter((stay) => stay !== self && mayAct(self.role, 'mute', stay.role));
    }
    const stay = self.call.participant(participantId);
    assertMayAct(self.role, 'mute', stay.role);
    return [stay];
  }

  private takeSign(): void {
    if (this.signs?.take() === false) {
      throw new AppError('RATE_LIMITED', `More than ${LIMITS.signsPerSecond} signs a second; wait a moment.`);
    }
  }
}

function nameOf({ identity }: Stay): string {
  return identity.displayName;
}
