import type { RoomId, UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { EventBus } from '../../common/events/index.js';
import { callChannel, chatChannel, userChannel } from '../connection/channels.js';
import type { MeetingServer, MeetingSocket, PayloadOf } from '../connection/meeting-socket.js';

type ChatNotification = 'chat_message' | 'message_changed' | 'typing' | 'read';

/**
 * Who hears what of the chats. A chat's notifications go to the connections that are in the room's call and to those that have opened its chat; to
 * one that is in both they go once, and each is encoded once for all.
 */
@Injectable()
export class ChatChannels {
  private server: MeetingServer;

  constructor(events: EventBus) {
    events.subscribe('chat-stored', ({ message, origin }) =>
      this.tell('chat_message', { message }, message.roomId, origin),
    );
    events.subscribe('chat-changed', ({ message, origin }) =>
      this.tell('message_changed', { message }, message.roomId, origin),
    );
    events.subscribe('member-removed', ({ roomId, userId }) =>
      this.server.in(userChannel(userId)).socketsLeave(chatChannel(roomId)),
    );
    events.subscribe('room-deleted', ({ roomId }) =>
      this.server.in(chatChannel(roomId)).socketsLeave(chatChannel(roomId)),
    );
  }

  attach(server: MeetingServer): void {
    this.server = server;
  }

  /** `except`: a connection or a channel that does not get it. */
  tell<Name extends ChatNotification>(
    name: Name,
    payload: PayloadOf<Name>,
    roomId: RoomId,
    except: string | null,
  ): void {
    this.server
      .to([chatChannel(roomId), callChannel(roomId)])
      .except(except ?? [])
      .emit(name, payload);
  }

  /** Everybody in the chat while there are at most `people`, and in any case one's own connections; but not the one that says it. */
  tellFew(payload: PayloadOf<'read'>, people: number, from: MeetingSocket): void {
    const { roomId, userId } = payload;
    const own = this.server.to(userChannel(userId)).except(from.id);
    const everybody = this.hasMoreThan(people, roomId) ? own : own.to([chatChannel(roomId), callChannel(roomId)]);
    everybody.emit('read', payload);
  }

  /** Whether more than this many different people listen to a chat; looks no further than it must. */
  private hasMoreThan(people: number, roomId: RoomId): boolean {
    const { rooms } = this.server.sockets.adapter;
    const found = new Set<UserId>();
    for (const channel of [chatChannel(roomId), callChannel(roomId)]) {
      for (const id of rooms.get(channel) ?? []) {
        const socket = this.server.sockets.sockets.get(id);
        if (socket) found.add(socket.data.identity.userId);
        if (found.size > people) return true;
      }
    }
    return false;
  }
}
