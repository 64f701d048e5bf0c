import { LIMITS, MEDIA_SOURCES } from '@minimeet/protocol';
import type {
  JoinRoomRequest,
  MediaSource,
  PrepareMediaRequest,
  RequestAdmissionRequest,
  RtpCapabilities,
} from '@minimeet/protocol';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { TOKEN_LENGTH } from '../connection/common.dto.js';
import { InitialViewDto } from '../media/media.dto.js';

export class PrepareMediaDto implements PrepareMediaRequest {
  @IsOptional() @IsString() @Length(1, TOKEN_LENGTH) room?: string;
  @IsObject() rtpCapabilities: RtpCapabilities;
}

export class JoinRoomDto implements JoinRoomRequest {
  @IsString() @Length(1, TOKEN_LENGTH) room: string;
  @IsOptional() @IsObject() rtpCapabilities?: RtpCapabilities;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => InitialViewDto) view?: InitialViewDto;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MEDIA_SOURCES.length)
  @ArrayUnique()
  @IsIn(MEDIA_SOURCES, { each: true })
  willPublish?: MediaSource[];
  @IsOptional() @IsString() @MaxLength(TOKEN_LENGTH) resumeToken?: string;
  @IsOptional() @IsString() @MaxLength(TOKEN_LENGTH) invite?: string;
  @IsOptional() @IsString() @MaxLength(LIMITS.roomPasswordMaxLength) password?: string;
}

export class RequestAdmissionDto implements RequestAdmissionRequest {
  @IsString() @Length(1, TOKEN_LENGTH) room: string;
}
