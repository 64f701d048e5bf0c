import type { SearchPage } from '@minimeet/protocol';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentIdentity } from '../../auth/current-identity.js';
import type { Identity } from '../../auth/identity.js';
import { ApiProblems } from '../../common/http/index.js';
import { SearchPageDto, SearchQueryDto } from './search.dto.js';
import { SearchService } from './search.service.js';

@ApiTags('chat')
@ApiBearerAuth()
@Controller()
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get('messages/search')
  @ApiOperation({ summary: 'Search in the messages of all rooms that one is a member of; the best first' })
  @ApiOkResponse({ type: SearchPageDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'RATE_LIMITED')
  inAllRooms(@CurrentIdentity() identity: Identity, @Query() query: SearchQueryDto): Promise<SearchPage> {
    return this.search.inAllRooms(identity, query);
  }

  @Get('rooms/:slug/messages/search')
  @ApiOperation({ summary: 'Search in the messages of a room; the best first (members)' })
  @ApiOkResponse({ type: SearchPageDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'RATE_LIMITED')
  inRoom(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Query() query: SearchQueryDto,
  ): Promise<SearchPage> {
    return this.search.inRoom(identity, slug, query);
  }
}
