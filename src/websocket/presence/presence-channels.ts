import type { Presence } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { EventBus, type Events } from '../../common/events/index.js';
import { PresenceService } from '../../presence/presence.service.js';
import { PresenceView } from '../../presence/presence-view.js';
import { Companions } from '../../rooms/companions.js';
import { presenceChannel, userChannel } from '../connection/channels.js';
import type { MeetingServer, MeetingSocket } from '../connection/meeting-socket.js';
import { PresenceSession } from './presence-session.js';

/** Tells those who watch somebody how their presence changes, as long as they share a room. */
@Injectable()
export class PresenceChannels {
  private server: MeetingServer;

  constructor(
    events: EventBus,
    private readonly presence: PresenceService,
    private readonly view: PresenceView,
    private readonly companions: Companions,
  ) {
    events.subscribe('presence-changed', (change) => this.tell(change));
    events.subscribe('member-removed', ({ userId }) => this.recheck([userChannel(userId), presenceChannel(userId)]));
    events.subscribe('room-deleted', () => this.recheckAll());
  }

  attach(server: MeetingServer): void {
    this.server = server;
  }

  open(socket: MeetingSocket): PresenceSession {
    const session = new PresenceSession(socket, this.presence, this.view, this.companions);
    session.open();
    return session;
  }

  private async tell({ userId, status }: Events['presence-changed']): Promise<void> {
    if (this.socketsIn(presenceChannel(userId)).length === 0) return;
    if (status !== 'offline') {
      this.emit({ userId, status, lastSeenAt: null });
      return;
    }
    const take = await this.view.read([userId]);
    const [presence] = take();
    // Back meanwhile, which was told already.
    if (presence?.status === 'offline') this.emit(presence);
  }

  private emit(presence: Presence): void {
    this.server.to(presenceChannel(presence.userId)).emit('presence_changed', { presence });
  }

  private async recheck(channels: string[]): Promise<void> {
    const sockets = new Set(channels.flatMap((channel) => this.socketsIn(channel)));
    for (const socket of sockets) await socket.data.presence.recheck();
  }

  /** One after another: it is not urgent, and may be many. */
  private async recheckAll(): Promise<void> {
    for (const socket of [...this.server.sockets.sockets.values()]) await socket.data.presence.recheck();
  }

  private socketsIn(channel: string): MeetingSocket[] {
    const ids = this.server.sockets.adapter.rooms.get(channel) ?? [];
    return [...ids].flatMap((id) => this.server.sockets.sockets.get(id) ?? []);
  }
}
