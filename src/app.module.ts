import { type DynamicModule, Module } from '@nestjs/common';
import { AnalyticsModule } from './analytics/analytics.module.js';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ChatModule } from './chat/chat.module.js';
import { SearchModule } from './chat/search/search.module.js';
import { type AppConfig, ConfigModule } from './common/config/index.js';
import { DatabaseModule } from './common/database/index.js';
import { EventsModule } from './common/events/index.js';
import { HealthModule } from './health/health.module.js';
import { PresenceApiModule } from './presence/presence-api.module.js';
import { PresenceModule } from './presence/presence.module.js';
import { RoomsModule } from './rooms/rooms.module.js';
import { UsersModule } from './users/users.module.js';
import { WebsocketModule } from './websocket/websocket.module.js';

@Module({})
export class AppModule {
  static with(config: AppConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        EventsModule,
        DatabaseModule,
        UsersModule,
        PresenceModule,
        PresenceApiModule,
        RoomsModule,
        AuthModule,
        AttachmentsModule,
        ChatModule,
        SearchModule,
        AnalyticsModule,
        WebsocketModule,
        HealthModule,
      ],
    };
  }
}
