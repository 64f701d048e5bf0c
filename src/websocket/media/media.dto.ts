import { LIMITS, MEDIA_SOURCES, NETWORK_PATHS, TIMES, VIDEO_SOURCES } from '@minimeet/protocol';
import type {
  ConnectTransportRequest,
  DtlsParameters,
  InitialView,
  JoinPhases,
  MediaSource,
  NetworkPath,
  ProducerOptions,
  ProducerRequest,
  ProduceRequest,
  ReportQualityRequest,
  RestartIceRequest,
  RtpParameters,
  SetSpeakingRequest,
  SetViewRequest,
  Tile,
  VideoSource,
} from '@minimeet/protocol';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

// The media core checks RTP and DTLS parameters in depth and knows their limits; here they need only be objects.

export class InitialViewDto implements InitialView {
  @IsInt() @Min(0) @Max(LIMITS.tiles) maxTiles: number;
  @IsInt() @Min(1) @Max(LIMITS.tilePixels) width: number;
  @IsInt() @Min(1) @Max(LIMITS.tilePixels) height: number;
}

export class ConnectTransportDto implements ConnectTransportRequest {
  @IsUUID() transportId: string;
  @IsObject() dtlsParameters: DtlsParameters;
}

export class RestartIceDto implements RestartIceRequest {
  @IsUUID() transportId: string;
}

export class ProducerOptionsDto implements ProducerOptions {
  @IsUUID() requestId: string;
  @IsIn(MEDIA_SOURCES) source: MediaSource;
  @IsObject() rtpParameters: RtpParameters;
  @IsOptional() @IsBoolean() paused?: boolean;
}

export class ProduceDto implements ProduceRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(LIMITS.producersPerParticipant)
  @ValidateNested({ each: true })
  @Type(() => ProducerOptionsDto)
  producers: ProducerOptionsDto[];
}

export class ProducerDto implements ProducerRequest {
  @IsUUID() producerId: string;
}

export class TileDto implements Tile {
  @IsUUID() participantId: string;
  @IsIn(VIDEO_SOURCES) source: VideoSource;
  @IsInt() @Min(1) @Max(LIMITS.tilePixels) width: number;
  @IsInt() @Min(1) @Max(LIMITS.tilePixels) height: number;
}

export class SetViewDto implements SetViewRequest {
  @IsArray() @ArrayMaxSize(LIMITS.tiles) @ValidateNested({ each: true }) @Type(() => TileDto) tiles: TileDto[];
}

export class SetSpeakingDto implements SetSpeakingRequest {
  @IsBoolean() speaking: boolean;
}

const IsReportedMs = (): PropertyDecorator => (target, key) => {
  for (const rule of [IsOptional(), IsNumber(), Min(0), Max(TIMES.reportedMs)]) rule(target, key);
};

export class JoinPhasesDto implements JoinPhases {
  @IsReportedMs() socket?: number;
  @IsReportedMs() ack?: number;
  @IsReportedMs() media?: number;
  @IsReportedMs() first_frame?: number;
  @IsReportedMs() total?: number;
}

export class ReportQualityDto implements ReportQualityRequest {
  @IsOptional() @IsObject() @ValidateNested() @Type(() => JoinPhasesDto) joinPhases?: JoinPhasesDto;
  @IsOptional() @IsIn(NETWORK_PATHS) path?: NetworkPath;
  @IsOptional() @IsInt() @Min(0) @Max(100_000) freezes?: number;
  @IsReportedMs() frozenMs?: number;
}
