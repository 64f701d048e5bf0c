import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RoomsModule } from '../rooms/rooms.module.js';
import { UsersModule } from '../users/users.module.js';
import { Administrators } from './administrators.js';
import { AnalyticsController } from './analytics.controller.js';
import { CallEventEntity } from './call-event.entity.js';
import { CallHistory } from './call-history.js';
import { CallParticipationEntity } from './call-participation.entity.js';
import { CallRecorder } from './call-recorder.js';
import { CallSessionEntity } from './call-session.entity.js';
import { CallsController } from './calls.controller.js';
import { CallsService } from './calls.service.js';
import { HistoryQueue } from './history-queue.js';
import { HistoryWriter } from './history-writer.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { QualitySampleEntity } from './quality-sample.entity.js';
import { Retention } from './retention.js';
import { SummaryService } from './summary.service.js';
import { WorstRoomsService } from './worst-rooms.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([CallSessionEntity, CallParticipationEntity, CallEventEntity, QualitySampleEntity]),
    RoomsModule,
    MetricsModule,
    UsersModule,
  ],
  controllers: [CallsController, AnalyticsController],
  providers: [
    CallRecorder,
    HistoryQueue,
    HistoryWriter,
    CallsService,
    CallHistory,
    Retention,
    SummaryService,
    Administrators,
    WorstRoomsService,
  ],
})
export class AnalyticsModule {}
