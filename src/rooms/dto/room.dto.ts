import {
  type CreateRoomBody,
  LIMITS,
  type Role,
  ROLES,
  type Room,
  ROOM_ACCESS,
  type RoomAccess,
  type RoomId,
  type RoomSlug,
  type UpdateRoomBody,
} from '@minimeet/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { PageOf } from '../../common/http/index.js';
import { IsText, Optional } from '../../common/validation/index.js';

const PASSWORD_LENGTH = { minLength: LIMITS.roomPasswordMinLength, maxLength: LIMITS.roomPasswordMaxLength };
const ACCESS =
  'Who may come in without being a member yet: `open`, everybody with the link · `invited`, nobody without an invite · ' +
  '`password`, who knows it · `lobby`, who is let in. Members always may; an invite opens all but the lobby.';

const IsRoomPassword = () => IsText({ min: LIMITS.roomPasswordMinLength, max: LIMITS.roomPasswordMaxLength });

export class CreateRoomDto implements CreateRoomBody {
  @ApiProperty({ minLength: 1, maxLength: LIMITS.roomNameLength })
  @IsText({ min: 1, max: LIMITS.roomNameLength, trim: true })
  name: string;

  @ApiPropertyOptional({ enum: ROOM_ACCESS, default: 'open', description: ACCESS })
  @Optional()
  @IsIn(ROOM_ACCESS)
  access?: RoomAccess;

  @ApiPropertyOptional({ ...PASSWORD_LENGTH, description: 'With `access: password`, and only then.' })
  @Optional()
  @IsRoomPassword()
  password?: string;
}

export class UpdateRoomDto implements UpdateRoomBody {
  @ApiPropertyOptional({ minLength: 1, maxLength: LIMITS.roomNameLength })
  @Optional()
  @IsText({ min: 1, max: LIMITS.roomNameLength, trim: true })
  name?: string;

  @ApiPropertyOptional({ enum: ROOM_ACCESS, description: ACCESS })
  @Optional()
  @IsIn(ROOM_ACCESS)
  access?: RoomAccess;

  @ApiPropertyOptional({
    ...PASSWORD_LENGTH,
    description: 'A new one; needed when `access` becomes `password`, and forgotten when it becomes anything else.',
  })
  @Optional()
  @IsRoomPassword()
  password?: string;

  @ApiPropertyOptional({ description: 'Nobody new comes into the call but hosts and moderators.' })
  @Optional()
  @IsBoolean()
  locked?: boolean;

  @ApiPropertyOptional({ description: 'Members and guests may unmute themselves.' })
  @Optional()
  @IsBoolean()
  allowUnmute?: boolean;
}

export class RoomDto implements Room {
  @ApiProperty({ type: String, format: 'uuid' }) id: RoomId;
  @ApiProperty({ type: String, example: 'weekly-sync-7fhk-2mnp-x9qd' }) slug: RoomSlug;
  @ApiProperty() name: string;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ enum: ROLES, nullable: true, description: 'One’s own role; null when one is not a member (yet).' })
  role: Role | null;
  @ApiProperty({ type: 'integer', description: 'People in the call now.' }) participantCount: number;
  @ApiProperty({ enum: ROOM_ACCESS, description: ACCESS }) access: RoomAccess;
  @ApiProperty({ description: 'Nobody new comes into the call but hosts and moderators.' }) locked: boolean;
  @ApiProperty({ description: 'Members and guests may unmute themselves.' }) allowUnmute: boolean;
  @ApiProperty({ type: 'integer', description: 'Messages of others after one’s read mark.' }) unreadCount: number;
}

export const RoomPageDto = PageOf(RoomDto);
