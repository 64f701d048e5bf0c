import type { User } from '@minimeet/protocol';
import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { ApiProblems } from '../common/http/index.js';
import { UpdateUserDto, UserDto } from './dto/user.dto.js';
import { UsersService } from './users.service.js';

@ApiTags('users')
@ApiBearerAuth()
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get('me')
  @ApiOperation({ summary: 'One’s own account' })
  @ApiOkResponse({ type: UserDto })
  @ApiProblems('UNAUTHENTICATED')
  me(@CurrentIdentity() { userId }: Identity): Promise<User> {
    return this.users.me(userId);
  }

  @Patch('me')
  @ApiOperation({ summary: 'Change one’s own account' })
  @ApiOkResponse({ type: UserDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED')
  update(@CurrentIdentity() { userId }: Identity, @Body() body: UpdateUserDto): Promise<User> {
    return this.users.update(userId, body);
  }
}
