import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessagesModule } from '../messages/messages.module.js';
import { RoomsModule } from '../rooms/rooms.module.js';
import { AttachmentEntity } from './attachment.entity.js';
import { AttachmentClaims } from './attachment-claims.js';
import { AttachmentFiles } from './attachment-files.js';
import { AttachmentQuota } from './attachment-quota.js';
import { AttachmentSweep } from './attachment-sweep.js';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsService } from './attachments.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AttachmentEntity]), MessagesModule, RoomsModule],
  controllers: [AttachmentsController],
  providers: [AttachmentClaims, AttachmentFiles, AttachmentQuota, AttachmentSweep, AttachmentsService],
  exports: [AttachmentClaims],
})
export class AttachmentsModule {}
