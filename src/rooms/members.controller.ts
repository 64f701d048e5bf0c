import type { Page, RoomMember } from '@minimeet/protocol';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { ApiProblems, PageQueryDto } from '../common/http/index.js';
import { RemoveMemberQueryDto, RoomMemberPageDto, UpdateMemberDto } from './dto/member.dto.js';
import { MemberRecords } from './member-records.js';
import { MemberRooms } from './member-rooms.js';
import { MembershipsService } from './memberships.service.js';
import { RoomRecords } from './room-records.js';

@ApiTags('rooms')
@ApiBearerAuth()
@Controller('rooms/:slug/members')
export class MembersController {
  constructor(
    private readonly rooms: MemberRooms,
    private readonly members: MemberRecords,
    private readonly records: RoomRecords,
    private readonly memberships: MembershipsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who belongs to the room, in the order in which they came (members)' })
  @ApiOkResponse({ type: RoomMemberPageDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  async list(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Query() query: PageQueryDto,
  ): Promise<Page<RoomMember>> {
    return this.members.list(await this.rooms.idOf(identity, slug), query);
  }

  @Patch(':userId')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Give a member another role (hosts)',
    description: 'Guests stay guests. The only host cannot take the role from themselves (CONFLICT).',
  })
  @ApiNoContentResponse()
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT')
  async setRole(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Param('userId') userId: string,
    @Body() { role }: UpdateMemberDto,
  ): Promise<void> {
    await this.memberships.setRole(identity, await this.records.idOf(identity, slug), userId, role);
  }

  @Delete('me')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Leave the room for good: one is no member any more',
    description:
      'When the last host leaves, the moderator who has been a member longest becomes host, else such a member, never a guest.',
  })
  @ApiNoContentResponse()
  @ApiProblems('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  async leave(@CurrentIdentity() identity: Identity, @Param('slug') slug: string): Promise<void> {
    await this.memberships.leave(identity, await this.records.idOf(identity, slug));
  }

  @Delete(':userId')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove a member, or ban an account (hosts and moderators)',
    description:
      'A moderator cannot remove a host. The invites that the person has made are revoked; with `ban=true` also the one that they came with. ' +
      'Whoever is banned need not be a member.',
  })
  @ApiNoContentResponse()
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT')
  async remove(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Param('userId') userId: string,
    @Query() { ban }: RemoveMemberQueryDto,
  ): Promise<void> {
    const roomId = await this.records.idOf(identity, slug);
    await this.memberships.remove(identity, roomId, userId, { ban: ban === 'true' });
  }
}
