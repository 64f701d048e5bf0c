import {
  type GuestBody,
  LIMITS,
  type LoginBody,
  type RefreshBody,
  type RegisterBody,
  type Session,
} from '@minimeet/protocol';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { IsText } from '../../common/validation/index.js';
import { UserDto } from '../../users/dto/user.dto.js';
import { IsEmailAddress } from './is-email-address.js';

/** Longest opaque token that is looked up at all. */
const TOKEN_LENGTH = 128;

export class LoginDto implements LoginBody {
  @ApiProperty({ format: 'email', maxLength: LIMITS.emailLength, description: 'Compared without regard to case.' })
  @IsString()
  @MaxLength(LIMITS.emailLength)
  email: string;

  @ApiProperty({ format: 'password', maxLength: LIMITS.passwordMaxLength })
  @IsText({ min: 1, max: LIMITS.passwordMaxLength })
  password: string;
}

export class RegisterDto implements RegisterBody {
  @ApiProperty({ format: 'email', maxLength: LIMITS.emailLength })
  @IsEmailAddress()
  email: string;

  @ApiProperty({ format: 'password', minLength: LIMITS.passwordMinLength, maxLength: LIMITS.passwordMaxLength })
  @IsText({ min: LIMITS.passwordMinLength, max: LIMITS.passwordMaxLength })
  password: string;

  @ApiProperty({ minLength: 1, maxLength: LIMITS.displayNameLength })
  @IsText({ min: 1, max: LIMITS.displayNameLength, trim: true })
  displayName: string;
}

export class RefreshDto implements RefreshBody {
  @ApiProperty({ minLength: 1, maxLength: TOKEN_LENGTH })
  @IsString()
  @MinLength(1)
  @MaxLength(TOKEN_LENGTH)
  refreshToken: string;
}

export class GuestDto implements GuestBody {
  @ApiProperty({ minLength: 1, maxLength: LIMITS.displayNameLength })
  @IsText({ min: 1, max: LIMITS.displayNameLength, trim: true })
  displayName: string;

  @ApiProperty({ minLength: 1, maxLength: TOKEN_LENGTH, description: 'The token of an invite.' })
  @IsString()
  @MinLength(1)
  @MaxLength(TOKEN_LENGTH)
  invite: string;
}

export class SessionDto implements Session {
  @ApiProperty({ description: 'A JWT, valid 15 minutes: `Authorization: Bearer …`.' }) accessToken: string;
  @ApiProperty({ description: 'Opaque; good for one exchange, for 30 days.' }) refreshToken: string;
  @ApiProperty({ type: UserDto }) user: UserDto;
}
