import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RoomsModule } from '../rooms/rooms.module.js';
import { AttachmentEntity } from './attachment.entity.js';
import { AttachmentFiles } from './attachment-files.js';
import { AttachmentQuota } from './attachment-quota.js';
import { AttachmentSweep } from './attachment-sweep.js';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsService } from './attachments.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AttachmentEntity]), RoomsModule],
  controllers: [AttachmentsController],
  providers: [AttachmentFiles, AttachmentQuota, AttachmentSweep, AttachmentsService],
})
export class AttachmentsModule {}
