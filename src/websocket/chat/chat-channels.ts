import type { RoomId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { EventBus } from '../../common/events/index.js';
import { callChannel, chatChannel, userChannel } from '../connection/channels.js';
import { MeetingIo } from '../connection/meeting-io.js';
import type { PayloadOf } from '../connection/meeting-socket.js';

type ChatNotification = 'chat_message' | 'message_changed' | 'typing' | 'read';

/**
 * Decides who hears a chat: the connections in the room's call and those that have opened its chat. A connection in
 * both hears each notification once.
 */
@Injectable()
export class ChatChannels {
  constructor(
    private readonly io: MeetingIo,
    events: EventBus,
  ) {
    events.subscribe('chat-stored', ({ message, origin }) =>
      this.tell('chat_message', { message }, message.roomId, origin),
    );
    events.subscribe('chat-changed', ({ message, origin }) =>
      this.tell('message_changed', { message }, message.roomId, origin),
    );
    events.subscribe('member-removed', ({ roomId, userId }) => io.leave(userChannel(userId), chatChannel(roomId)));
    events.subscribe('room-deleted', ({ roomId }) => io.leave(chatChannel(roomId), chatChannel(roomId)));
  }

  /** `except`: a connection or a channel that does not get it. */
  tell<Name extends ChatNotification>(
    name: Name,
    payload: PayloadOf<Name>,
    roomId: RoomId,
    except: string | null,
  ): void {
    this.io.tell(listeners(roomId), name, payload, except);
  }

  /** Tells one's own connections, and everybody in the chat up to `people`; never the one that says it. */
  async tellFew(payload: PayloadOf<'read'>, people: number, from: string): Promise<void> {
    const { roomId, userId } = payload;
    const isCrowd = await this.io.hasMoreThan(people, listeners(roomId));
    this.io.tell([userChannel(userId), ...(isCrowd ? [] : listeners(roomId))], 'read', payload, from);
  }
}

function listeners(roomId: RoomId): string[] {
  return [chatChannel(roomId), callChannel(roomId)];
}
