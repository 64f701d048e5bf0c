import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { LastSeen } from './last-seen.js';
import { PresenceService } from './presence.service.js';
import { PresenceView } from './presence-view.js';

@Module({
  imports: [UsersModule],
  providers: [LastSeen, PresenceService, PresenceView],
  exports: [PresenceService, PresenceView],
})
export class PresenceModule {}
