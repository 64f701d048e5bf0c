import type { Call, Page } from '@minimeet/protocol';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { ApiProblems, PageQueryDto } from '../common/http/index.js';
import { CallsService } from './calls.service.js';
import { CallDto, CallPageDto } from './dto/call.dto.js';

@ApiTags('calls')
@ApiBearerAuth()
@Controller()
export class CallsController {
  constructor(private readonly calls: CallsService) {}

  @Get('rooms/:slug/calls')
  @ApiOperation({ summary: 'The calls of a room, the newest first (members)' })
  @ApiOkResponse({ type: CallPageDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  list(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Query() query: PageQueryDto,
  ): Promise<Page<Call>> {
    return this.calls.list(identity, slug, query);
  }

  @Get('calls/:id')
  @ApiOperation({ summary: 'One call (members of its room)' })
  @ApiOkResponse({ type: CallDto })
  @ApiProblems('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  get(@CurrentIdentity() identity: Identity, @Param('id') id: string): Promise<Call> {
    return this.calls.get(identity, id);
  }
}
