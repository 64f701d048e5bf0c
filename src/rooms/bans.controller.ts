import type { Page, RoomBan } from '@minimeet/protocol';
import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { ApiProblems, PageQueryDto } from '../common/http/index.js';
import { RoomBanPageDto } from './dto/member.dto.js';
import { MembershipsService } from './memberships.service.js';
import { RoomRecords } from './room-records.js';

@ApiTags('rooms')
@ApiBearerAuth()
@Controller('rooms/:slug/bans')
export class BansController {
  constructor(
    private readonly records: RoomRecords,
    private readonly memberships: MembershipsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who is banned, the newest first (hosts and moderators)' })
  @ApiOkResponse({ type: RoomBanPageDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  async list(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Query() query: PageQueryDto,
  ): Promise<Page<RoomBan>> {
    return this.memberships.listBans(identity, await this.records.idOf(identity, slug), query);
  }

  @Delete(':userId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Lift a ban: the person may come in again as anybody may (hosts and moderators)' })
  @ApiNoContentResponse()
  @ApiProblems('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  async lift(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Param('userId') userId: string,
  ): Promise<void> {
    await this.memberships.liftBan(identity, await this.records.idOf(identity, slug), userId);
  }
}
