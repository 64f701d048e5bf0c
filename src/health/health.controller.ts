import { type BeforeApplicationShutdown, Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Public } from '../auth/public.js';
import { AppError } from '../common/errors/index.js';
import { ApiProblems } from '../common/http/index.js';

class HealthDto {
  @ApiProperty({ enum: ['ok'] }) status: 'ok';
}

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController implements BeforeApplicationShutdown {
  private isDraining = false;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers; if not, restart it' })
  @ApiOkResponse({ type: HealthDto })
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether it should get new people' })
  @ApiOkResponse({ type: HealthDto })
  @ApiProblems('DATABASE_UNAVAILABLE', 'DRAINING')
  async ready(): Promise<HealthDto> {
    if (this.isDraining) throw new AppError('DRAINING', 'The server shuts down.');
    await this.dataSource.query('SELECT 1');
    return { status: 'ok' };
  }

  beforeApplicationShutdown(): void {
    this.isDraining = true;
  }
}
