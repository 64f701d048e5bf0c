import type { Invite, InviteSummary, Page } from '@minimeet/protocol';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { ApiProblems, PageQueryDto } from '../common/http/index.js';
import { CreateInviteDto, InviteDto, InvitePageDto } from './dto/invite.dto.js';
import { InvitesService } from './invites.service.js';

@ApiTags('rooms')
@ApiBearerAuth()
@Controller('rooms/:slug/invites')
export class InvitesController {
  constructor(private readonly invites: InvitesService) {}

  @Post()
  @ApiOperation({
    summary: 'An invite: people with and without an account come in with it (members)',
    description: 'It opens every room but one with a lobby. Guests cannot invite.',
  })
  @ApiCreatedResponse({ type: InviteDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  create(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Body() body: CreateInviteDto,
  ): Promise<Invite> {
    return this.invites.create(identity, slug, body);
  }

  @Get()
  @ApiOperation({
    summary: 'Invites that can still be used, the newest first: one’s own; hosts and moderators see all',
  })
  @ApiOkResponse({ type: InvitePageDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  list(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Query() query: PageQueryDto,
  ): Promise<Page<InviteSummary>> {
    return this.invites.list(identity, slug, query);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Revoke an invite: one’s own; hosts and moderators any',
    description: 'Nobody comes with it any more; who has come stays.',
  })
  @ApiNoContentResponse()
  @ApiProblems('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  revoke(@CurrentIdentity() identity: Identity, @Param('slug') slug: string, @Param('id') id: string): Promise<void> {
    return this.invites.revoke(identity, slug, id);
  }
}
