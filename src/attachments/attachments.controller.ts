import type { Attachment } from '@minimeet/protocol';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { sendFile } from '../common/files/index.js';
import { ApiFile, ApiProblems, ApiUpload } from '../common/http/index.js';
import { AttachmentsService } from './attachments.service.js';
import { AttachmentDto } from './dto/attachment.dto.js';

@ApiTags('attachments')
@ApiBearerAuth()
@Controller('rooms/:slug/attachments')
export class AttachmentsController {
  constructor(private readonly attachments: AttachmentsService) {}

  @Post()
  @ApiOperation({ summary: 'Upload a file, for a message that is sent within a day (members)' })
  @ApiUpload('At most ATTACHMENT_MAX_BYTES, 100 MiB by default.')
  @ApiCreatedResponse({ type: AttachmentDto })
  @ApiProblems(
    'INVALID_PAYLOAD',
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'NOT_FOUND',
    'PAYLOAD_TOO_LARGE',
    'LIMIT_EXCEEDED',
    'STORAGE_FULL',
    'TIMED_OUT',
  )
  upload(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Req() request: Request,
  ): Promise<Attachment> {
    return this.attachments.upload(identity, slug, request);
  }

  @Get(':id')
  @ApiOperation({ summary: 'A file of the room, whole or in ranges (members)' })
  @ApiFile('application/octet-stream')
  @ApiProblems('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'RANGE_NOT_SATISFIABLE')
  async download(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Param('id') id: string,
    @Res() response: Response,
  ): Promise<void> {
    await sendFile(response, await this.attachments.deliver(identity, slug, id));
  }

  @Get(':id/preview')
  @ApiOperation({ summary: 'A small picture of an image (members)' })
  @ApiFile('image/webp')
  @ApiProblems('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  async preview(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Param('id') id: string,
    @Res() response: Response,
  ): Promise<void> {
    await sendFile(response, await this.attachments.deliver(identity, slug, id, 'preview'));
  }
}
