import { type Done, LIMITS, type ParticipantId } from '@minimeet/protocol';
import { AppError } from '../../common/errors/index.js';
import type { EventBus } from '../../common/events/index.js';
import type { Actor } from '../../rooms/actor.js';
import type { MembershipsService } from '../../rooms/memberships.service.js';
import type { RoomSettings } from '../../rooms/room-settings.js';
import { assertMayAct, mayAct } from '../call/call-powers.js';
import type { Calls } from '../call/calls.js';
import type { CurrentStay } from '../call/current-stay.js';
import type { Stay } from '../call/stay.js';
import { EmptyDto } from '../connection/common.dto.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import { PerSocket } from '../connection/per-socket.js';
import { Answers } from '../connection/request-gateway.js';
import { TokenBucket } from '../connection/token-bucket.js';
import type { Lobbies } from '../lobby/lobbies.js';
import type { PresenceSession } from '../presence/presence-session.js';
import {
  AdmitParticipantDto,
  MuteParticipantDto,
  RaiseHandDto,
  RemoveParticipantDto,
  SendReactionDto,
  SetDisplayStateDto,
  SetRoleDto,
  SetRoomLockDto,
} from './moderation.dto.js';
import { mute } from './muting.js';

export const moderationSessions = new PerSocket<ModerationSession>();

/** The acts of one connected person in their call: small signs, and those of hosts and moderators. */
export class ModerationSession {
  private readonly signs: TokenBucket | null;

  constructor(
    socket: MeetingSocket,
    private readonly current: CurrentStay,
    private readonly presence: PresenceSession,
    private readonly calls: Calls,
    private readonly memberships: MembershipsService,
    private readonly settings: RoomSettings,
    private readonly lobbies: Lobbies,
    private readonly events: EventBus,
  ) {
    this.signs = socket.data.isLoadTest ? null : new TokenBucket(LIMITS.signBurst, LIMITS.signsPerSecond);
  }

  /** @throws AppError WRONG_STATE, FORBIDDEN, NOT_FOUND, RATE_LIMITED, INVALID_PAYLOAD (raising somebody else's) */
  @Answers('raise_hand')
  raiseHand({ raised, participantId }: RaiseHandDto): Done {
    const self = this.current.get();
    const stay = participantId === undefined ? self : this.calls.callOf(self).participant(participantId);
    if (stay === self) this.takeSign();
    else if (raised) throw new AppError('INVALID_PAYLOAD', 'Only they themselves raise somebody’s hand.');
    else assertMayAct(self.role, 'lower-hand', stay.role);
    stay.raiseHand(raised, stay === self ? null : nameOf(self));
    return {};
  }

  /** @throws AppError WRONG_STATE, RATE_LIMITED */
  @Answers('send_reaction')
  sendReaction({ reaction }: SendReactionDto): Done {
    const self = this.current.get();
    this.takeSign();
    this.calls.callOf(self).tell('reaction', { participantId: self.id, reaction });
    return {};
  }

  /** In a call and without one. @throws AppError RATE_LIMITED */
  @Answers('set_display_state')
  setDisplayState({ away }: SetDisplayStateDto): Done {
    this.takeSign();
    this.presence.setAway(away);
    this.current.now?.setAway(away);
    return {};
  }

  /** @throws AppError WRONG_STATE, FORBIDDEN, NOT_FOUND, MEDIA_UNAVAILABLE */
  @Answers('mute_participant')
  async muteParticipant({ participantId, source }: MuteParticipantDto): Promise<Done> {
    const self = this.current.get();
    await Promise.all(this.targets(self, participantId).map((stay) => mute(stay, source, nameOf(self))));
    return {};
  }

  /**
   * Removes somebody from the call; a banned person is no member any more and cannot come back. A ban outlives the
   * call, so the role by the room's record decides about it, and acting as the host does not count.
   *
   * @throws AppError WRONG_STATE, FORBIDDEN, NOT_FOUND, CONFLICT for oneself
   */
  @Answers('remove_participant')
  async removeParticipant({ participantId, ban = false }: RemoveParticipantDto): Promise<Done> {
    const self = this.current.get();
    assertMayAct(self.role, 'remove');
    const stay = this.calls.callOf(self).participant(participantId);
    if (stay === self) throw new AppError('CONFLICT', 'To go yourself, leave the call.');
    assertMayAct(self.role, 'remove', stay.role);
    if (ban) {
      await this.memberships.remove(self.identity, self.roomId, stay.identity.userId, { ban });
    } else {
      stay.record({ action: 'removed-by', actor: nameOf(self) });
      stay.end('kicked');
    }
    return {};
  }

  /** @throws AppError WRONG_STATE, FORBIDDEN, NOT_FOUND, BANNED, ROOM_LOCKED */
  @Answers('admit_participant')
  async admitParticipant({ participantId, admit }: AdmitParticipantDto): Promise<Done> {
    const self = this.current.get();
    assertMayAct(self.role, 'admit');
    await this.lobbies.decide(self, participantId, admit);
    return {};
  }

  /** @throws AppError WRONG_STATE, FORBIDDEN */
  @Answers('set_room_lock')
  async setRoomLock({ locked }: SetRoomLockDto): Promise<Done> {
    const self = this.current.get();
    assertMayAct(self.role, 'lock');
    await this.settings.change(actorOf(self), self.roomId, { locked });
    return {};
  }

  /**
   * Outlives the call, so that only hosts by the room's record may.
   *
   * @throws AppError WRONG_STATE, FORBIDDEN, NOT_FOUND, CONFLICT for the last host
   */
  @Answers('set_role')
  async setRole({ participantId, role }: SetRoleDto): Promise<Done> {
    const self = this.current.get();
    const { userId } = this.calls.callOf(self).participant(participantId).identity;
    await this.memberships.setRole(self.identity, self.roomId, userId, role);
    return {};
  }

  /** @throws AppError WRONG_STATE, FORBIDDEN */
  @Answers('end_room')
  endRoom(_request: EmptyDto): Done {
    const self = this.current.get();
    assertMayAct(self.role, 'end');
    const { roomId, identity } = self;
    const call = this.calls.callOf(self);
    for (const stay of call.people) {
      stay.record({ action: 'call-ended-by', actor: stay === self ? null : nameOf(self) });
    }
    this.events.publish('call-ended', { roomId, by: identity.userId, at: new Date() });
    this.lobbies.close(roomId, false);
    call.end('ended');
    return {};
  }

  /** One, or everybody else to whom one may do it. */
  private targets(self: Stay, participantId: ParticipantId | undefined): Stay[] {
    assertMayAct(self.role, 'mute');
    if (participantId === undefined) {
      return this.calls.callOf(self).people.filter((stay) => stay !== self && mayAct(self.role, 'mute', stay.role));
    }
    const stay = this.calls.callOf(self).participant(participantId);
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
