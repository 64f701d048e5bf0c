import type { ParticipantId, UserId } from './ids.js';
import type { MediaSource } from './media.js';
import type { Role } from './participants.js';

/** The reactions that float over the pictures for a moment. */
export const CALL_REACTIONS = ['👍', '❤️', '😂', '😮', '🎉', '👏'] as const;
export type CallReaction = (typeof CALL_REACTIONS)[number];

/** One's own hand; hosts and moderators may lower anybody's. */
export interface RaiseHandRequest {
  raised: boolean;
  /** Somebody else's hand: only with `raised: false`. */
  participantId?: ParticipantId;
}

export interface SendReactionRequest {
  reaction: CallReaction;
}

/** Whether one is at the screen. It counts for the call, and for one's presence as far as this connection goes. */
export interface SetDisplayStateRequest {
  away: boolean;
}

/** Hosts and moderators: pauses a microphone or a camera, ends a screen and its sound. A moderator cannot do it to a host. */
export interface MuteParticipantRequest {
  /** Absent: everybody but oneself to whom one may do it. */
  participantId?: ParticipantId;
  source: MediaSource;
}

/** Hosts and moderators. A moderator cannot remove a host. */
export interface RemoveParticipantRequest {
  participantId: ParticipantId;
  /** They are no member any more, and cannot come back until a host lifts it. */
  ban?: boolean;
}

/** Asks to be let in, after `join_room` was refused with ADMISSION_REQUIRED. `admission` tells the answer. */
export interface RequestAdmissionRequest {
  room: string;
}

/** Hosts and moderators: lets one of those who wait in, or not. */
export interface AdmitParticipantRequest {
  participantId: ParticipantId;
  admit: boolean;
}

/** Hosts and moderators: nobody new comes in. */
export interface SetRoomLockRequest {
  locked: boolean;
}

/** Hosts only; nobody but a guest can be made or unmade everything. The last host cannot take the role from themselves. */
export interface SetRoleRequest {
  participantId: ParticipantId;
  role: Exclude<Role, 'guest'>;
}

/** Somebody who waits to be let in. */
export interface LobbyEntry {
  /** For `admit_participant`; it is the participant's id later. */
  id: ParticipantId;
  userId: UserId;
  displayName: string;
  /** Came with an invite and has no account. */
  isGuest: boolean;
  /** ISO 8601, UTC. */
  since: string;
}
