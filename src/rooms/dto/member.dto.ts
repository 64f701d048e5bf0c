import {
  type Role,
  ROLES,
  type RoomBan,
  type RoomMember,
  type UpdateMemberBody,
  type UserId,
} from '@minimeet/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { PageOf } from '../../common/http/index.js';
import { Optional } from '../../common/validation/index.js';

const GIVEN_ROLES = ['host', 'moderator', 'member'] as const satisfies UpdateMemberBody['role'][];

export class UpdateMemberDto implements UpdateMemberBody {
  @ApiProperty({ enum: GIVEN_ROLES })
  @IsIn(GIVEN_ROLES)
  role: UpdateMemberBody['role'];
}

export class RemoveMemberQueryDto {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'They cannot come back until the ban is lifted.' })
  @Optional()
  @IsIn(['true', 'false'])
  ban?: 'true' | 'false';
}

class RoomMemberDto implements RoomMember {
  @ApiProperty({ type: String, format: 'uuid' }) userId: UserId;
  @ApiProperty() displayName: string;
  @ApiProperty({ enum: ROLES }) role: Role;
  @ApiProperty({ format: 'date-time' }) joinedAt: string;
  @ApiProperty() inCall: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'A path on this server.' }) pictureUrl: string | null;
}

class RoomBanDto implements RoomBan {
  @ApiProperty({ type: String, format: 'uuid' }) userId: UserId;
  @ApiProperty() displayName: string;
  @ApiProperty({ format: 'date-time' }) bannedAt: string;
}

export const RoomMemberPageDto = PageOf(RoomMemberDto);
export const RoomBanPageDto = PageOf(RoomBanDto);
