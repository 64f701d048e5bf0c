import type { MessagePage } from '@minimeet/protocol';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { ApiProblems } from '../common/http/index.js';
import { MemberRooms } from '../rooms/member-rooms.js';
import { ChatService } from './chat.service.js';
import { HistoryQueryDto, MessagePageDto } from './dto/chat.dto.js';

@ApiTags('chat')
@ApiBearerAuth()
@Controller('rooms/:slug/messages')
export class ChatController {
  constructor(
    private readonly chat: ChatService,
    private readonly rooms: MemberRooms,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'History: the newest page first, each page oldest first; or what came after a message (members)',
  })
  @ApiOkResponse({ type: MessagePageDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  async list(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Query() range: HistoryQueryDto,
  ): Promise<MessagePage> {
    return this.chat.page(await this.rooms.idOf(identity, slug), range);
  }
}
