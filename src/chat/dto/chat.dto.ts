import {
  type Attachment,
  type AttachmentContent,
  ATTACHMENT_KINDS,
  type AttachmentKind,
  type ChatMessage,
  LIMITS,
  type MessageContent,
  type MessageReaction,
  type QuotedMessage,
  SYSTEM_EVENTS,
  type SystemContent,
  type SystemEvent,
  type TextContent,
} from '@minimeet/protocol';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { AttachmentDto } from '../../attachments/dto/attachment.dto.js';
import { PageOf } from '../../common/http/index.js';
import { Optional } from '../../common/validation/index.js';

class TextContentDto implements TextContent {
  @ApiProperty({ enum: ['text'] }) type: 'text';
  @ApiProperty({ minLength: 1, maxLength: LIMITS.messageLength }) text: string;
}

class AttachmentContentDto implements AttachmentContent {
  @ApiProperty({ enum: ATTACHMENT_KINDS, description: 'The attachment’s `kind`.' }) type: AttachmentKind;
  @ApiProperty({ type: AttachmentDto }) attachment: Attachment;
  @ApiProperty({ maxLength: LIMITS.messageLength, description: 'What is said with it; may be empty.' }) text: string;
}

class SystemContentDto implements SystemContent {
  @ApiProperty({ enum: ['system'] }) type: 'system';
  @ApiProperty({ enum: SYSTEM_EVENTS }) event: SystemEvent;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Whom it was done to, by name; null when it concerns all.',
  })
  subject: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The new name or the new role; null when there is none.' })
  value: string | null;
}

const CONTENTS = [TextContentDto, AttachmentContentDto, SystemContentDto];

@ApiExtraModels(...CONTENTS)
export class ChatMessageDto implements ChatMessage {
  @ApiProperty({ format: 'uuid', description: 'Chosen by the sender.' }) id: string;
  @ApiProperty({ format: 'uuid' }) roomId: string;
  @ApiProperty({ type: 'integer', description: 'Order in the room: 1, 2, 3 …' }) sequence: number;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null when the account was deleted.' })
  senderId: string | null;
  @ApiProperty() senderName: string;
  @ApiProperty({ oneOf: CONTENTS.map((content) => ({ $ref: getSchemaPath(content) })) }) content: MessageContent;
  @ApiProperty({ type: Object, nullable: true }) replyTo: QuotedMessage | null;
  @ApiProperty({ type: [String], description: 'Members whom it calls by name.' }) mentions: string[];
  @ApiProperty({ type: [Object], description: 'The most used first.' }) reactions: MessageReaction[];
  @ApiProperty({ format: 'date-time' }) sentAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) editedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) deletedAt: string | null;
}

export const MessagePageDto = PageOf(ChatMessageDto);

/** `?before=&limit=` of the history. */
export class HistoryQueryDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: '`next` of the page before: a sequence number.' })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2 ** 31 - 1)
  before?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'A sequence number: what came after it, oldest first. Not together with `before`.',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2 ** 31 - 1)
  after?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LIMITS.pageSize, default: LIMITS.recentMessages })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMITS.pageSize)
  limit: number = LIMITS.recentMessages;
}
