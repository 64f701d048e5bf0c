import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module.js';
import { PresenceController } from './presence.controller.js';
import { PresenceModule } from './presence.module.js';

/** Apart from presence itself, which rooms need: rooms decide about whom one may ask. */
@Module({ imports: [PresenceModule, RoomsModule], controllers: [PresenceController] })
export class PresenceApiModule {}
