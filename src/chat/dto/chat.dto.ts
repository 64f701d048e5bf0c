import {
  type ChatMessage,
  LIMITS,
  type MessageContent,
  type MessageReaction,
  type QuotedMessage,
  type TextContent,
} from '@minimeet/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { PageOf } from '../../common/http/index.js';
import { Optional } from '../../common/validation/index.js';

class TextContentDto implements TextContent {
  @ApiProperty({ enum: ['text'] }) type: 'text';
  @ApiProperty({ minLength: 1, maxLength: LIMITS.messageLength }) text: string;
}

export class ChatMessageDto implements ChatMessage {
  @ApiProperty({ format: 'uuid', description: 'Chosen by the sender.' }) id: string;
  @ApiProperty({ format: 'uuid' }) roomId: string;
  @ApiProperty({ type: 'integer', description: 'Order in the room: 1, 2, 3 …' }) sequence: number;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null when the account was deleted.' })
  senderId: string | null;
  @ApiProperty() senderName: string;
  @ApiProperty({ type: TextContentDto }) content: MessageContent;
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
