import type { Page, Room } from '@minimeet/protocol';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentIdentity } from '../auth/current-identity.js';
import type { Identity } from '../auth/identity.js';
import { ApiProblems, PageQueryDto } from '../common/http/index.js';
import { CreateRoomDto, RoomDto, RoomPageDto, UpdateRoomDto } from './dto/room.dto.js';
import { RoomsService } from './rooms.service.js';

@ApiTags('rooms')
@ApiBearerAuth()
@Controller('rooms')
export class RoomsController {
  constructor(private readonly rooms: RoomsService) {}

  @Post()
  @ApiOperation({ summary: 'A new room, with oneself as its host' })
  @ApiCreatedResponse({ type: RoomDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN')
  create(@CurrentIdentity() identity: Identity, @Body() body: CreateRoomDto): Promise<Room> {
    return this.rooms.create(identity, body);
  }

  @Get()
  @ApiOperation({ summary: 'The rooms that one is a member of, the newest first' })
  @ApiOkResponse({ type: RoomPageDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED')
  list(@CurrentIdentity() identity: Identity, @Query() query: PageQueryDto): Promise<Page<Room>> {
    return this.rooms.listMine(identity, query);
  }

  @Get(':slug')
  @ApiOperation({
    summary: 'The room of a link, for anybody with an account',
    description: 'Who is not a member sees its name and its door: how many are in the call only of an open room.',
  })
  @ApiOkResponse({ type: RoomDto })
  @ApiProblems('UNAUTHENTICATED', 'FORBIDDEN', 'BANNED', 'NOT_FOUND')
  get(@CurrentIdentity() identity: Identity, @Param('slug') slug: string): Promise<Room> {
    return this.rooms.get(identity, slug);
  }

  @Patch(':slug')
  @ApiOperation({ summary: 'Change a room’s name and settings (hosts and moderators)' })
  @ApiOkResponse({ type: RoomDto })
  @ApiProblems('INVALID_PAYLOAD', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  update(
    @CurrentIdentity() identity: Identity,
    @Param('slug') slug: string,
    @Body() body: UpdateRoomDto,
  ): Promise<Room> {
    return this.rooms.update(identity, slug, body);
  }

  @Delete(':slug')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a room with all that is in it (hosts)' })
  @ApiNoContentResponse()
  @ApiProblems('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND')
  delete(@CurrentIdentity() identity: Identity, @Param('slug') slug: string): Promise<void> {
    return this.rooms.delete(identity, slug);
  }
}
