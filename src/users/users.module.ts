import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProfilePictures } from './profile-pictures.js';
import { ProfilePicturesController } from './profile-pictures.controller.js';
import { UserEntity } from './user.entity.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([UserEntity])],
  controllers: [UsersController, ProfilePicturesController],
  providers: [ProfilePictures, UsersService],
  exports: [UsersService],
})
export class UsersModule {}
