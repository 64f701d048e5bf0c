import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module.js';
import { PresenceController } from './presence.controller.js';
import { PresenceModule } from './presence.module.js';

/** Apart from presence itself, which rooms need: whom one may ask about is a matter of rooms. */
@Module({ imports: [PresenceModule, RoomsModule], controllers: [PresenceController] })
export class PresenceApiModule {}
