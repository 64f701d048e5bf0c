import { Module } from '@nestjs/common';
import { PresenceModule } from '../../presence/presence.module.js';
import { WebsocketModule } from '../../websocket/websocket.module.js';
import { Metrics } from './metrics.js';
import { MetricsServer } from './metrics.server.js';
import { WorstRooms } from './worst-rooms.js';

@Module({
  imports: [PresenceModule, WebsocketModule],
  providers: [Metrics, MetricsServer, WorstRooms],
  exports: [WorstRooms],
})
export class MetricsModule {}
