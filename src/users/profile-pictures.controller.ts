import type { User } from '@minimeet/protocol';
import { Controller, Delete, Get, Param, Put, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { Public } from '../auth/public.js';
import { sendFile } from '../common/files/index.js';
import { ApiFile, ApiProblems, ApiUpload } from '../common/http/index.js';
import { UserDto } from './dto/user.dto.js';
import { ProfilePictures } from './profile-pictures.js';

@ApiTags('users')
@Controller()
export class ProfilePicturesController {
  constructor(private readonly pictures: ProfilePictures) {}

  @Put('users/me/picture')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'One’s own picture; its middle becomes a small square' })
  @ApiUpload('A JPEG, PNG, WebP, GIF, AVIF or TIFF of at most 10 MiB.')
  @ApiOkResponse({ type: UserDto })
  @ApiProblems(
    'INVALID_PAYLOAD',
    'UNAUTHENTICATED',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_FILE',
    'RATE_LIMITED',
    'STORAGE_FULL',
    'TIMED_OUT',
  )
  set(@CurrentIdentity() { userId }: Identity, @Req() request: Request): Promise<User> {
    return this.pictures.set(userId, request);
  }

  @Delete('users/me/picture')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'No picture any more' })
  @ApiOkResponse({ type: UserDto })
  @ApiProblems('UNAUTHENTICATED')
  remove(@CurrentIdentity() { userId }: Identity): Promise<User> {
    return this.pictures.remove(userId);
  }

  @Get('pictures/:id')
  @Public()
  @ApiOperation({ summary: 'A picture of `pictureUrl`, for everybody who has been told of it' })
  @ApiFile('image/webp')
  @ApiProblems('NOT_FOUND')
  async get(@Param('id') id: string, @Res() response: Response): Promise<void> {
    await sendFile(response, this.pictures.deliver(id));
  }
}
