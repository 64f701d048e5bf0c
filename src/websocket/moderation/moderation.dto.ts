import {
  type AdmitParticipantRequest,
  CALL_REACTIONS,
  type CallReaction,
  MEDIA_SOURCES,
  type MediaSource,
  type MuteParticipantRequest,
  type RaiseHandRequest,
  type RemoveParticipantRequest,
  type RequestAdmissionRequest,
  type Role,
  ROLES,
  type SendReactionRequest,
  type SetDisplayStateRequest,
  type SetRoleRequest,
  type SetRoomLockRequest,
} from '@minimeet/protocol';
import { IsBoolean, IsIn, IsString, IsUUID, Length } from 'class-validator';
import { Optional } from '../../common/validation/index.js';

/** Longest slug that is looked up at all. */
const SLUG_LENGTH = 128;
/** Guests stay guests. */
const GIVEN_ROLES = ROLES.filter((role) => role !== 'guest');

export class RaiseHandDto implements RaiseHandRequest {
  @IsBoolean() raised: boolean;
  @Optional() @IsUUID() participantId?: string;
}

export class SendReactionDto implements SendReactionRequest {
  @IsIn(CALL_REACTIONS) reaction: CallReaction;
}

export class SetDisplayStateDto implements SetDisplayStateRequest {
  @IsBoolean() away: boolean;
}

export class MuteParticipantDto implements MuteParticipantRequest {
  @Optional() @IsUUID() participantId?: string;
  @IsIn(MEDIA_SOURCES) source: MediaSource;
}

export class RemoveParticipantDto implements RemoveParticipantRequest {
  @IsUUID() participantId: string;
  @Optional() @IsBoolean() ban?: boolean;
}

export class RequestAdmissionDto implements RequestAdmissionRequest {
  @IsString() @Length(1, SLUG_LENGTH) room: string;
}

export class AdmitParticipantDto implements AdmitParticipantRequest {
  @IsUUID() participantId: string;
  @IsBoolean() admit: boolean;
}

export class SetRoomLockDto implements SetRoomLockRequest {
  @IsBoolean() locked: boolean;
}

export class SetRoleDto implements SetRoleRequest {
  @IsUUID() participantId: string;
  @IsIn(GIVEN_ROLES) role: Exclude<Role, 'guest'>;
}
