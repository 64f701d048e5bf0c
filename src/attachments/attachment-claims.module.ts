import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentEntity } from './attachment.entity.js';
import { AttachmentClaims } from './attachment-claims.js';

/** Apart from uploads and downloads, which need rooms: rooms count messages, and messages carry files. */
@Module({
  imports: [TypeOrmModule.forFeature([AttachmentEntity])],
  providers: [AttachmentClaims],
  exports: [AttachmentClaims],
})
export class AttachmentClaimsModule {}
