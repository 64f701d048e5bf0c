import type { AnalyticsSummary, WorstRoom } from '@minimeet/protocol';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { ApiProblems } from '../common/http/index.js';
import { Administrators } from './administrators.js';
import { AnalyticsSummaryDto, SummaryQueryDto, WorstRoomDto } from './dto/analytics.dto.js';
import { SummaryService } from './summary.service.js';
import { WorstRoomsService } from './worst-rooms.service.js';

@ApiTags('analytics')
@ApiBearerAuth()
@Controller('analytics')
export class AnalyticsController {
  constructor(
    private readonly administrators: Administrators,
    private readonly summaries: SummaryService,
    private readonly worst: WorstRoomsService,
  ) {}

  @Get('summary')
  @ApiOperation({ summary: 'Figures of all calls that began in a time of at most 366 days (administrators)' })
  @ApiOkResponse({ type: AnalyticsSummaryDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN')
  async summary(@CurrentIdentity() identity: Identity, @Query() query: SummaryQueryDto): Promise<AnalyticsSummary> {
    await this.administrators.assert(identity);
    return this.summaries.summarize(query);
  }

  @Get('worst-rooms')
  @ApiOperation({
    summary: 'Calls that go on now, the worst first, at most ten; the ranks of the metrics (administrators)',
  })
  @ApiOkResponse({ type: [WorstRoomDto] })
  @ApiProblems('UNAUTHENTICATED', 'FORBIDDEN')
  async worstRooms(@CurrentIdentity() identity: Identity): Promise<WorstRoom[]> {
    await this.administrators.assert(identity);
    return this.worst.list();
  }
}
