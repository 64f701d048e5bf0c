import { LIMITS, type UpdateUserBody, type User, type UserId } from '@minimeet/protocol';
import { IsBoolean } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsText, Optional } from '../../common/validation/index.js';

export class UserDto implements User {
  @ApiProperty({ type: String, format: 'uuid' }) id: UserId;
  @ApiProperty({ type: String, nullable: true, description: 'Null for a guest.' }) email: string | null;
  @ApiProperty() displayName: string;
  @ApiProperty({ type: String, nullable: true, description: 'A path on this server; null without a picture.' })
  pictureUrl: string | null;
  @ApiProperty({ description: 'Others may see when one was here last.' }) showLastSeen: boolean;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
}

export class UpdateUserDto implements UpdateUserBody {
  @ApiPropertyOptional({ minLength: 1, maxLength: LIMITS.displayNameLength })
  @Optional()
  @IsText({ min: 1, max: LIMITS.displayNameLength, trim: true })
  displayName?: string;

  @ApiPropertyOptional({ description: 'Others may see when one was here last.' })
  @Optional()
  @IsBoolean()
  showLastSeen?: boolean;
}
