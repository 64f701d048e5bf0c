import {
  CALL_REACTIONS,
  type CallReaction,
  MEDIA_SOURCES,
  type MediaSource,
  type MuteParticipantRequest,
  type RaiseHandRequest,
  type SendReactionRequest,
  type SetDisplayStateRequest,
} from '@minimeet/protocol';
import { IsBoolean, IsIn, IsUUID } from 'class-validator';
import { Optional } from '../../common/validation/index.js';

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
