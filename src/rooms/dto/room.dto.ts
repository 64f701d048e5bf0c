import {
  type CreateInviteBody,
  type CreateRoomBody,
  type Invite,
  LIMITS,
  type Role,
  ROLES,
  type Room,
  type RoomMember,
  ROOM_ACCESS,
  type RoomAccess,
  type UpdateRoomBody,
} from '@minimeet/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import { PageOf } from '../../common/http/index.js';
import { IsText, Optional } from '../../common/validation/index.js';

const MAX_INVITE_SECONDS = 30 * 24 * 60 * 60;
const MAX_INVITE_USES = 10_000;
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
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'weekly-sync-7fhk-2mnp-x9qd' }) slug: string;
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

class RoomMemberDto implements RoomMember {
  @ApiProperty({ format: 'uuid' }) userId: string;
  @ApiProperty() displayName: string;
  @ApiProperty({ enum: ROLES }) role: Role;
  @ApiProperty({ format: 'date-time' }) joinedAt: string;
  @ApiProperty() inCall: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'A path on this server.' }) pictureUrl: string | null;
}

export class CreateInviteDto implements CreateInviteBody {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 60,
    maximum: MAX_INVITE_SECONDS,
    description: '7 days when absent.',
  })
  @Optional()
  @IsInt()
  @Min(60)
  @Max(MAX_INVITE_SECONDS)
  expiresInSeconds?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_INVITE_USES,
    description: 'Without bound when absent.',
  })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(MAX_INVITE_USES)
  maxUses?: number;
}

export class InviteDto implements Invite {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'For `POST auth/guest` and `join_room`. Told once: the server keeps its hash only.' })
  token: string;
  @ApiProperty() createdByName: string;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ format: 'date-time' }) expiresAt: string;
  @ApiProperty({ type: 'integer', nullable: true }) maxUses: number | null;
  @ApiProperty({ type: 'integer' }) uses: number;
}

export const RoomPageDto = PageOf(RoomDto);
export const RoomMemberPageDto = PageOf(RoomMemberDto);
