import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PresenceModule } from '../presence/presence.module.js';
import { RoomsModule } from '../rooms/rooms.module.js';
import { CallEventEntity } from './call-event.entity.js';
import { CallParticipationEntity } from './call-participation.entity.js';
import { CallRecorder } from './call-recorder.js';
import { CallSessionEntity } from './call-session.entity.js';
import { CallsController } from './calls.controller.js';
import { CallsService } from './calls.service.js';
import { HistoryQueue } from './history-queue.js';
import { HistoryWriter } from './history-writer.js';
import { MetricsServer } from './metrics.server.js';
import { QualitySampleEntity } from './quality-sample.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([CallSessionEntity, CallParticipationEntity, CallEventEntity, QualitySampleEntity]),
    RoomsModule,
    PresenceModule,
  ],
  controllers: [CallsController],
  providers: [CallRecorder, HistoryQueue, HistoryWriter, CallsService, MetricsServer],
})
export class AnalyticsModule {}
