import type { Session } from '@minimeet/protocol';
import { Body, Controller, Headers, HttpCode, Ip, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems } from '../common/http/index.js';
import { AuthService } from './auth.service.js';
import { GuestDto, LoginDto, RefreshDto, RegisterDto, SessionDto } from './dto/auth.dto.js';
import { LoadTestKey } from './load-test-key.js';
import { LOAD_TEST_HEADER } from './load-test-key.guard.js';
import { Public } from './public.js';

@ApiTags('auth')
@Public()
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly loadTestKey: LoadTestKey,
  ) {}

  @Post('register')
  @ApiOperation({ summary: 'A new account, signed in' })
  @ApiCreatedResponse({ type: SessionDto })
  @ApiProblems('INVALID_PAYLOAD', 'EMAIL_TAKEN', 'PASSWORD_TOO_COMMON')
  register(@Body() body: RegisterDto): Promise<Session> {
    return this.auth.register(body);
  }

  @Post('login')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in' })
  @ApiOkResponse({ type: SessionDto })
  @ApiHeader({
    name: 'X-Load-Test-Key',
    required: false,
    description: 'Lifts the rate limit; on any route a wrong one is FORBIDDEN.',
  })
  @ApiProblems('INVALID_PAYLOAD', 'INVALID_CREDENTIALS', 'FORBIDDEN', 'RATE_LIMITED')
  login(@Body() body: LoginDto, @Ip() ip: string, @Headers(LOAD_TEST_HEADER) key?: string): Promise<Session> {
    return this.auth.login(body, { ip, isLimited: !this.loadTestKey.admits(key) });
  }

  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({ summary: 'New tokens for a refresh token, which is used up; a second use ends the whole family' })
  @ApiOkResponse({ type: SessionDto })
  @ApiProblems('INVALID_PAYLOAD', 'INVALID_REFRESH_TOKEN')
  refresh(@Body() { refreshToken }: RefreshDto): Promise<Session> {
    return this.auth.refresh(refreshToken);
  }

  @Post('logout')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out: the refresh token and its descendants end' })
  @ApiNoContentResponse()
  @ApiProblems('INVALID_PAYLOAD')
  logout(@Body() { refreshToken }: RefreshDto): Promise<void> {
    return this.auth.logout(refreshToken);
  }

  @Post('guest')
  @ApiOperation({ summary: 'An account for one meeting, by an invite' })
  @ApiCreatedResponse({ type: SessionDto })
  @ApiProblems('INVALID_PAYLOAD', 'INVITE_INVALID')
  guest(@Body() body: GuestDto): Promise<Session> {
    return this.auth.guest(body);
  }
}
