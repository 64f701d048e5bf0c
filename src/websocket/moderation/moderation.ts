import {
  type AdmitParticipantRequest,
  type Done,
  LIMITS,
  type MuteParticipantRequest,
  type RaiseHandRequest,
  type RemoveParticipantRequest,
  type SendReactionRequest,
  type SetDisplayStateRequest,
  type SetRoleRequest,
  type SetRoomLockRequest,
} from '@minimeet/protocol';
import type { Actor } from '../../rooms/actor.js';
import type { RoomsService } from '../../rooms/rooms.service.js';
import { AppError } from '../../common/errors/index.js';
import { assertMayAct, mayAct } from '../call/call-powers.js';
import type { Lobbies } from '../lobby/lobbies.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import { mute } from './muting.js';
import type { SocketSession } from '../joining/socket-session.js';
import type { Stay } from '../call/stay.js';
import { TokenBucket } from '../connection/token-bucket.js';

/** What one connected person does to the call that they are in: small signs, and what hosts and moderators may. */
export class Moderation {
  private readonly signs: TokenBucket | null;

  constructor(
    private readonly socket: MeetingSocket,
    private readonly session: Pick<SocketSession, 'currentStay' | 'stayNow'>,
    private readonly rooms: RoomsService,
    private readonly lobbies: Lobbies,
  ) {
    this.signs = socket.data.isLoadTest ? null : new TokenBucket(LIMITS.signBurst, LIMITS.signsPerSecond);
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

  /** In a call and without one. @throws AppError RATE_LIMITED */
  setDisplayState({ away }: SetDisplayStateRequest): Done {
    this.takeSign();
    this.socket.data.presence.setAway(away);
    this.session.stayNow?.setAway(away);
    return {};
  }

  /** @throws AppError WRONG_STATE, FORBIDDEN, NOT_FOUND, MEDIA_UNAVAILABLE */
  async muteParticipant({ participantId, source }: MuteParticipantRequest): Promise<Done> {
    const self = this.session.currentStay();
    await Promise.all(this.targets(self, participantId).map((stay) => mute(stay, source, nameOf(self))));
    return {};
  }

  /**
   * Out of the call; who is banned is no member any more and cannot come back. A ban outlives the call, so one's role by the room's record decides
   * about it, and not that one acts as the host.
   *
   * @throws AppError WRONG_STATE, FORBIDDEN, NOT_FOUND, CONFLICT for oneself
   */
  async removeParticipant({ participantId, ban = false }: RemoveParticipantRequest): Promise<Done> {
    const self = this.session.currentStay();
    assertMayAct(self.role, 'remove');
    const stay = self.call.participant(participantId);
    if (stay === self) throw new AppError('CONFLICT', 'To go yourself, leave the call.');
    assertMayAct(self.role, 'remove', stay.role);
    if (ban) {
      await this.rooms.removeMember(self.identity, self.roomId, stay.identity.userId, { ban });
    } else {
      stay.record({ action: 'removed-by', actor: nameOf(self) });
      stay.end('kicked');
    }
    return {};
  }

  /** @throws AppError WRONG_STATE, FORBIDDEN, NOT_FOUND, BANNED, ROOM_LOCKED */
  async admitParticipant({ participantId, admit }: AdmitParticipantRequest): Promise<Done> {
    const self = this.session.currentStay();
    assertMayAct(self.role, 'admit');
    await this.lobbies.decide(self, participantId, admit);
    return {};
  }

  /** @throws AppError WRONG_STATE, FORBIDDEN */
  async setRoomLock({ locked }: SetRoomLockRequest): Promise<Done> {
    const self = this.session.currentStay();
    assertMayAct(self.role, 'lock');
    await this.rooms.setLocked(actorOf(self), self.roomId, locked);
    return {};
  }

  /** For good, so that only hosts by the room's record may. @throws AppError WRONG_STATE, FORBIDDEN, NOT_FOUND, CONFLICT for the last host */
  async setRole({ participantId, role }: SetRoleRequest): Promise<Done> {
    const self = this.session.currentStay();
    const { userId } = self.call.participant(participantId).identity;
    await this.rooms.setRole(self.identity, self.roomId, userId, role);
    return {};
  }

  /** @throws AppError WRONG_STATE, FORBIDDEN */
  endRoom(): Done {
    const self = this.session.currentStay();
    assertMayAct(self.role, 'end');
    const { call, roomId, identity } = self;
    for (const stay of call.people) {
      stay.record({ action: 'call-ended-by', actor: stay === self ? null : nameOf(self) });
    }
    call.events.publish('call-ended', { roomId, by: identity.userId, at: new Date() });
    this.lobbies.close(roomId, false);
    call.end('ended');
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

function actorOf({ identity, standing }: Stay): Actor {
  return { ...identity, isActingHost: standing.isActingHost };
}

function nameOf({ identity }: Stay): string {
  return identity.displayName;
}
