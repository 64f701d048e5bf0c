import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PresenceModule } from '../presence/presence.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { UsersModule } from '../users/users.module.js';
import { PasswordsModule } from '../auth/passwords/passwords.module.js';
import { BansController } from './bans.controller.js';
import { BansService } from './bans.service.js';
import { Companions } from './companions.js';
import { InviteEntity } from './invite.entity.js';
import { InvitesController } from './invites.controller.js';
import { InvitesService } from './invites.service.js';
import { MemberRooms } from './member-rooms.js';
import { MembersController } from './members.controller.js';
import { MemberRecords } from './member-records.js';
import { MembershipsService } from './memberships.service.js';
import { RoomBanEntity } from './room-ban.entity.js';
import { RoomChanges } from './room-changes.js';
import { RoomDoor } from './room-door.js';
import { ReadMarksService } from './read-marks.service.js';
import { RoomMemberEntity } from './room-member.entity.js';
import { RoomPasswords } from './room-passwords.js';
import { RoomRecords } from './room-records.js';
import { RoomSettings } from './room-settings.js';
import { RoomEntity } from './room.entity.js';
import { RoomsController } from './rooms.controller.js';
import { RoomsService } from './rooms.service.js';
import { Succession } from './succession.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([RoomEntity, RoomMemberEntity, RoomBanEntity, InviteEntity]),
    MessagesModule,
    PasswordsModule,
    UsersModule,
    PresenceModule,
  ],
  controllers: [RoomsController, MembersController, BansController, InvitesController],
  providers: [
    RoomsService,
    RoomRecords,
    RoomChanges,
    RoomDoor,
    RoomPasswords,
    RoomSettings,
    MemberRecords,
    MemberRooms,
    MembershipsService,
    BansService,
    Companions,
    InvitesService,
    ReadMarksService,
    Succession,
  ],
  exports: [MemberRooms, RoomDoor, RoomSettings, MembershipsService, InvitesService, ReadMarksService, Companions],
})
export class RoomsModule {}
