import { QUALITIES, type AnalyticsSummary, type Quality, type WorstRoom } from '@minimeet/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601 } from 'class-validator';
import { Optional } from '../../common/validation/index.js';

export class SummaryQueryDto {
  @ApiPropertyOptional({ format: 'date-time', description: 'ISO 8601; 7 days before `to` when absent.' })
  @Optional()
  @IsISO8601({ strict: true })
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'ISO 8601, exclusive; now when absent.' })
  @Optional()
  @IsISO8601({ strict: true })
  to?: string;
}

const COUNTS_SCHEMA = {
  type: 'object',
  description: 'Samples by quality.',
  properties: Object.fromEntries(
    QUALITIES.map((quality): [Quality, { type: 'integer' }] => [quality, { type: 'integer' }]),
  ),
  required: [...QUALITIES],
} as const;

export class AnalyticsSummaryDto implements AnalyticsSummary {
  @ApiProperty({ format: 'date-time' }) from: string;
  @ApiProperty({ format: 'date-time' }) to: string;
  @ApiProperty({ type: 'integer' }) calls: number;
  @ApiProperty({ type: 'integer' }) participations: number;
  @ApiProperty({ description: 'Of all stays together.' }) participantMinutes: number;
  @ApiProperty({ type: 'integer' }) reconnects: number;
  @ApiProperty({ ...COUNTS_SCHEMA, required: [...QUALITIES] }) samples: Record<Quality, number>;
  @ApiProperty({ type: Number, nullable: true }) medianRoundTripTimeMs: number | null;
  @ApiProperty({ type: Number, nullable: true }) p95LossRatio: number | null;
}

export class WorstRoomDto implements WorstRoom {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 10 }) rank: number;
  @ApiProperty({ format: 'uuid' }) roomId: string;
  @ApiProperty({ example: 'weekly-sync-7fhk-2mnp-x9qd' }) slug: string;
  @ApiProperty({ type: 'integer' }) participants: number;
  @ApiProperty({ minimum: 1, maximum: 4.5, description: 'Mean opinion score of the audio (ITU-T G.107).' })
  score: number;
  @ApiProperty({ minimum: 0, maximum: 1 }) lossRatio: number;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The newest call of the room.' })
  callId: string | null;
}
