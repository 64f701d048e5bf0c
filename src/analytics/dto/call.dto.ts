import {
  CALL_EVENT_TYPES,
  DIRECTIONS,
  JOIN_PHASES,
  MEDIA_SOURCES,
  NETWORK_PATHS,
  QUALITIES,
  type Call,
  type CallDetails,
  type CallEvent,
  type CallEventType,
  type CallLane,
  type CallParticipation,
  type Direction,
  type JoinPhase,
  type JoinPhases,
  type LeaveReason,
  type MediaSource,
  type NetworkPath,
  type Quality,
  type QualitySample,
  type WorstMoment,
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
  @ApiProperty({
    enum: QUALITIES,
    nullable: true,
    description: 'The worst quality that at least a tenth of the samples of the stay do not exceed.',
  })
  quality: Quality | null;
}

class CallBase {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) roomId: string;
  @ApiProperty({ format: 'date-time' }) startedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null while it goes on.' })
  endedAt: string | null;
}

class CallDto extends CallBase implements Call {
  @ApiProperty({ type: [CallParticipationDto] }) participations: CallParticipationDto[];
}

export const CallPageDto = PageOf(CallDto);

class CallEventDto implements CallEvent {
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ enum: CALL_EVENT_TYPES }) type: CallEventType;
  @ApiProperty({ enum: MEDIA_SOURCES, nullable: true }) source: MediaSource | null;
  @ApiProperty({ type: String, nullable: true, description: 'Who did it, by name, when it was somebody else.' })
  actor: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The new role of `role-changed`.' }) detail: string | null;
}

class QualitySampleDto implements QualitySample {
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ enum: DIRECTIONS, description: 'Seen from the person.' }) direction: Direction;
  @ApiProperty({ type: Number, nullable: true, minimum: 0, maximum: 1, description: 'Of sound and picture the worse.' })
  lossRatio: number | null;
  @ApiProperty({ type: Number, nullable: true }) jitterMs: number | null;
  @ApiProperty({ type: Number, nullable: true }) roundTripTimeMs: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) bitrateBps: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) frozenMs: number | null;
  @ApiProperty({ enum: QUALITIES }) quality: Quality;
}

const JOIN_PHASES_SCHEMA = {
  type: 'object',
  nullable: true,
  description: 'Milliseconds.',
  properties: Object.fromEntries(
    JOIN_PHASES.map((phase): [JoinPhase, { type: 'number' }] => [phase, { type: 'number' }]),
  ),
} as const;

class CallLaneDto extends CallParticipationDto implements CallLane {
  @ApiProperty(JOIN_PHASES_SCHEMA) joinPhases: JoinPhases | null;
  @ApiProperty({ type: 'integer' }) speakingMs: number;
  @ApiProperty({ type: 'integer' }) reconnects: number;
  @ApiProperty({ type: [CallEventDto], description: 'Oldest first.' }) events: CallEventDto[];
  @ApiProperty({
    type: [QualitySampleDto],
    description:
      'Oldest first, at most 400 a direction (fewer when the call has many lanes). In a longer stay neighbours are merged: the worst loss, jitter, ' +
      'round trip and quality of them, their mean bitrate, and all the time that pictures stood still, up to `at`. The export has every sample.',
  })
  samples: QualitySampleDto[];
}

class WorstMomentDto implements WorstMoment {
  @ApiProperty({ example: "12 % loss on Ann's uplink for 3 minutes; everyone else was fine." }) sentence: string;
  @ApiProperty({ format: 'date-time' }) startsAt: string;
  @ApiProperty({ format: 'date-time' }) endsAt: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null when it was everybody’s.' })
  participantId: string | null;
}

export class CallDetailsDto extends CallBase implements CallDetails {
  @ApiProperty({ type: [CallLaneDto], description: 'A lane a stay, in the order of joining.' })
  participations: CallLaneDto[];
  @ApiProperty({ type: WorstMomentDto, nullable: true, description: 'Null when the call was good.' })
  worstMoment: WorstMomentDto | null;
}
