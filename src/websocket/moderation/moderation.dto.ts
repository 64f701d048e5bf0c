import {
  type AdmitParticipantRequest,
  CALL_REACTIONS,
  type CallReaction,
  MEDIA_SOURCES,
  type MediaSource,
  type MuteParticipantRequest,
  type RaiseHandRequest,
  type RemoveParticipantRequest,
  type Role,
  ROLES,
  type SendReactionRequest,
  type SetDisplayStateRequest,
  type SetRoleRequest,
  type SetRoomLockRequest,
} from '@minimeet/protocol';
import { IsBoolean, IsIn, IsUUID } from 'class-validator';
import { Optional } from '../../common/validation/index.js';

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
