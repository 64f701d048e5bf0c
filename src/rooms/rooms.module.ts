import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PresenceModule } from '../presence/presence.module.js';
import { UsersModule } from '../users/users.module.js';
import { InviteEntity } from './invite.entity.js';
import { InvitesService } from './invites.service.js';
import { MembersService } from './members.service.js';
import { RoomMemberEntity } from './room-member.entity.js';
import { RoomEntity } from './room.entity.js';
import { RoomsController } from './rooms.controller.js';
import { RoomsService } from './rooms.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([RoomEntity, RoomMemberEntity, InviteEntity]), UsersModule, PresenceModule],
  controllers: [RoomsController],
  providers: [RoomsService, MembersService, InvitesService],
  exports: [RoomsService, InvitesService],
})
export class RoomsModule {}
