import { ATTACHMENT_KINDS, LIMITS } from '@minimeet/protocol';
import type {
  AttachmentKind,
  ChatMessageRequest,
  CloseChatRequest,
  DeleteMessageRequest,
  EditMessageRequest,
  MarkReadRequest,
  OpenChatRequest,
  OutgoingAttachment,
  ReactRequest,
  TextContent,
  TypingRequest,
} from '@minimeet/protocol';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Optional } from '../../common/validation/index.js';
import { TOKEN_LENGTH } from '../connection/common.dto.js';

/** Larger than any sequence: a column of the database ends there. */
const MAX_SEQUENCE = 2 ** 31 - 1;

class OfRoomDto {
  @Optional() @IsString() @Length(1, TOKEN_LENGTH) room?: string;
}

export class OpenChatDto implements OpenChatRequest {
  @Optional() @IsString() @Length(1, TOKEN_LENGTH) room?: string;
}

export class CloseChatDto implements CloseChatRequest {
  @IsString() @Length(1, TOKEN_LENGTH) room: string;
}

export class TextContentDto implements TextContent {
  @Equals('text') type: 'text';
  @IsString() @Length(1, LIMITS.messageLength) text: string;
}

export class OutgoingAttachmentDto implements OutgoingAttachment {
  @IsIn(ATTACHMENT_KINDS) type: AttachmentKind;
  @IsUUID() attachmentId: string;
  @Optional() @IsString() @Length(0, LIMITS.messageLength) text?: string;
}

/** Which content a request has, before anything of it is known to be right. */
function contentTypeOf(request: object | undefined): typeof TextContentDto | typeof OutgoingAttachmentDto {
  const content: unknown = request && Reflect.get(request, 'content');
  const type: unknown = typeof content === 'object' && content !== null && Reflect.get(content, 'type');
  return ATTACHMENT_KINDS.some((kind) => kind === type) ? OutgoingAttachmentDto : TextContentDto;
}

export class ChatMessageDto extends OfRoomDto implements ChatMessageRequest {
  @IsUUID() id: string;
  @IsObject()
  @ValidateNested()
  @Type((help) => contentTypeOf(help?.object))
  content: TextContentDto | OutgoingAttachmentDto;
  @Optional() @IsUUID() replyTo?: string;
  @Optional() @IsArray() @ArrayMaxSize(LIMITS.mentions) @IsUUID('all', { each: true }) mentions?: string[];
}

export class EditMessageDto extends OfRoomDto implements EditMessageRequest {
  @IsUUID() messageId: string;
  @IsString() @Length(0, LIMITS.messageLength) text: string;
  @Optional() @IsArray() @ArrayMaxSize(LIMITS.mentions) @IsUUID('all', { each: true }) mentions?: string[];
}

export class DeleteMessageDto extends OfRoomDto implements DeleteMessageRequest {
  @IsUUID() messageId: string;
}

export class ReactDto extends OfRoomDto implements ReactRequest {
  @IsUUID() messageId: string;
  @IsString() @Length(1, LIMITS.reactionLength) reaction: string;
  @IsBoolean() on: boolean;
}

export class TypingDto extends OfRoomDto implements TypingRequest {
  @IsBoolean() typing: boolean;
}

export class MarkReadDto extends OfRoomDto implements MarkReadRequest {
  @IsInt() @Min(0) @Max(MAX_SEQUENCE) sequence: number;
}
