import type { Presence } from '@minimeet/protocol';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { AppError } from '../common/errors/index.js';
import { ApiProblems } from '../common/http/index.js';
import { Companions } from '../rooms/companions.js';
import { PresenceDto } from './dto/presence.dto.js';
import { PresenceView } from './presence-view.js';

@ApiTags('presence')
@ApiBearerAuth()
@Controller('users')
export class PresenceController {
  constructor(
    private readonly view: PresenceView,
    private readonly companions: Companions,
  ) {}

  @Get(':id/presence')
  @ApiOperation({ summary: 'Whether somebody is there, of those with whom one shares a room' })
  @ApiOkResponse({ type: PresenceDto })
  @ApiProblems('UNAUTHENTICATED', 'NOT_FOUND')
  async get(@CurrentIdentity() { userId }: Identity, @Param('id') id: string): Promise<Presence> {
    const reading = await this.view.read(await this.companions.among(userId, [id]));
    const [presence] = reading.take();
    if (!presence) throw new AppError('NOT_FOUND', 'There is nobody with this id in any of your rooms.');
    return presence;
  }
}
