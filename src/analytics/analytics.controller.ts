import type { AnalyticsSummary } from '@minimeet/protocol';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { ApiProblems } from '../common/http/index.js';
import { Administrators } from './administrators.js';
import { AnalyticsSummaryDto, SummaryQueryDto } from './dto/analytics.dto.js';
import { SummaryService } from './summary.service.js';

@ApiTags('analytics')
@ApiBearerAuth()
@Controller('analytics')
export class AnalyticsController {
  constructor(
    private readonly administrators: Administrators,
    private readonly summaries: SummaryService,
  ) {}

  @Get('summary')
  @ApiOperation({ summary: 'Figures of all calls that began in a time of at most 366 days (administrators)' })
  @ApiOkResponse({ type: AnalyticsSummaryDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN')
  async summary(@CurrentIdentity() identity: Identity, @Query() query: SummaryQueryDto): Promise<AnalyticsSummary> {
    await this.administrators.assert(identity);
    return this.summaries.summarize(query);
  }
}
