import { Readable } from 'node:stream';
import type { Call, CallDetails, Page } from '@minimeet/protocol';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { ApiProblems, PageQueryDto } from '../common/http/index.js';
import { CallsService } from './calls.service.js';
import { CallDetailsDto, CallPageDto } from './dto/call.dto.js';

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
  @ApiOperation({ summary: 'One call as a timeline: a lane a stay, and its worst moment (members of its room)' })
  @ApiOkResponse({ type: CallDetailsDto })
  @ApiProblems('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  get(@CurrentIdentity() identity: Identity, @Param('id') id: string): Promise<CallDetails> {
    return this.calls.get(identity, id);
  }

  @Get('calls/:id/export')
  @ApiOperation({ summary: 'Every quality sample of a call as CSV (RFC 4180), a row a sample (members of its room)' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiProblems('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  async export(@CurrentIdentity() identity: Identity, @Param('id') id: string): Promise<StreamableFile> {
    const { fileName, lines } = await this.calls.export(identity, id);
    // Text by text, so that not more than a page of rows waits for a slow reader.
    return new StreamableFile(Readable.from(lines, { highWaterMark: 1 }), {
      type: 'text/csv; charset=utf-8; header=present',
      disposition: `attachment; filename="${fileName}"`,
    });
  }
}
