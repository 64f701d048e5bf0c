import type { Server as HttpServer } from 'node:http';
import type { UserId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { Server, type ServerOptions } from 'socket.io';
import type { MeetingServer, MeetingSocket, PayloadOf, PlainNotification } from './meeting-socket.js';

/**
 * The Socket.IO server; everything that tells several connections something goes through here.
 *
 * `tell`, `leave` and `hasMoreThan` reach the connections of all servers and take only what can travel: names of
 * channels, payloads, ids of sockets (each is a channel of one). `socketsHere` are those of this process: a fact
 * reaches every server, and each sees to its own.
 */
@Injectable()
export class MeetingIo {
  private readonly server: MeetingServer = new Server({ serveClient: false });

  /** Takes connections from now on. Once, by the adapter. */
  attach(http: HttpServer, options: Partial<ServerOptions>): MeetingServer {
    return this.server.attach(http, options);
  }

  /**
   * Tells every connection that is in one of the channels, each once; the message is encoded once for all.
   *
   * @param except - a channel that does not get it
   */
  tell<Name extends PlainNotification>(
    channels: string | string[],
    name: Name,
    payload: PayloadOf<Name>,
    except: string | null = null,
  ): void {
    this.server
      .to(channels)
      .except(except ?? [])
      .emit(name, payload);
  }

  /** Takes the connections of channel `of` out of `channel`. */
  leave(of: string, channel: string): void {
    this.server.in(of).socketsLeave(channel);
  }

  /** Whether more than `limit` different people listen to one of the channels; looks no further than it must. */
  hasMoreThan(limit: number, channels: readonly string[]): Promise<boolean> {
    const people = new Set<UserId>();
    for (const channel of channels) {
      for (const { data } of this.socketsHere(channel)) {
        people.add(data.identity.userId);
        if (people.size > limit) return Promise.resolve(true);
      }
    }
    return Promise.resolve(false);
  }

  /** The connections of this process that are in a channel; all of them without one. */
  *socketsHere(channel?: string): Generator<MeetingSocket> {
    const { sockets, adapter } = this.server.sockets;
    if (channel === undefined) return yield* sockets.values();
    for (const id of adapter.rooms.get(channel) ?? []) {
      const socket = sockets.get(id);
      if (socket) yield socket;
    }
  }
}
