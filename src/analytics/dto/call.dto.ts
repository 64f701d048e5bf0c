import {
  NETWORK_PATHS,
  QUALITIES,
  type Call,
  type CallParticipation,
  type LeaveReason,
  type NetworkPath,
  type Quality,
} from '@minimeet/protocol';
import { ApiProperty } from '@nestjs/swagger';
import { PageOf } from '../../common/http/index.js';

class CallParticipationDto implements CallParticipation {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null when the account was deleted.' })
  userId: string | null;
  @ApiProperty() displayName: string;
  @ApiProperty({ format: 'date-time' }) joinedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) leftAt: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'left' }) leaveReason: LeaveReason | null;
  @ApiProperty({ type: String, nullable: true, example: 'web, Chrome 156 on Linux' }) client: string | null;
  @ApiProperty({ enum: NETWORK_PATHS, nullable: true }) networkPath: NetworkPath | null;
  @ApiProperty({ enum: QUALITIES, nullable: true }) quality: Quality | null;
}

export class CallDto implements Call {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) roomId: string;
  @ApiProperty({ format: 'date-time' }) startedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null while it goes on.' })
  endedAt: string | null;
  @ApiProperty({ type: [CallParticipationDto] }) participations: CallParticipationDto[];
}

export const CallPageDto = PageOf(CallDto);
