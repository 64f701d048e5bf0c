import { Injectable } from '@nestjs/common';
import { EventBus, type Events } from '../../common/events/index.js';
import { PresenceView } from '../../presence/presence-view.js';
import { presenceChannel, userChannel } from '../connection/channels.js';
import { MeetingIo } from '../connection/meeting-io.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import { presenceSessions } from './presence-session.js';

/** Tells those who watch somebody how their presence changes, as long as they share a room. */
@Injectable()
export class PresenceChannels {
  constructor(
    events: EventBus,
    private readonly io: MeetingIo,
    private readonly view: PresenceView,
  ) {
    events.subscribe('presence-changed', (change) => this.tell(change));
    events.subscribe('member-removed', ({ userId }) =>
      this.recheck([...io.socketsHere(userChannel(userId)), ...io.socketsHere(presenceChannel(userId))]),
    );
    events.subscribe('room-deleted', () => this.recheck([...io.socketsHere()]));
  }

  private async tell({ userId, status }: Events['presence-changed']): Promise<void> {
    const channel = presenceChannel(userId);
    if (!(await this.io.hasMoreThan(0, [channel]))) return;
    if (status !== 'offline') {
      this.io.tell(channel, 'presence_changed', { presence: { userId, status, lastSeenAt: null } });
      return;
    }
    const reading = await this.view.read([userId]);
    const [presence] = reading.take();
    // Back meanwhile, which was told already.
    if (presence?.status === 'offline') this.io.tell(channel, 'presence_changed', { presence });
  }

  /** One after another: it is not urgent, and may be many. */
  private async recheck(sockets: MeetingSocket[]): Promise<void> {
    for (const socket of new Set(sockets)) await presenceSessions.of(socket).recheck();
  }
}
