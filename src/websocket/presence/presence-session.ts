import type { UserId, WatchPresenceReply } from '@minimeet/protocol';
import type { PresenceService } from '../../presence/presence.service.js';
import type { PresenceView } from '../../presence/presence-view.js';
import type { Companions } from '../../rooms/companions.js';
import { SerialQueue } from '../../common/serial-queue.js';
import { presenceChannel } from '../connection/channels.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import { PerSocket } from '../connection/per-socket.js';
import { Answers } from '../connection/request-gateway.js';
import { WatchPresenceDto } from './presence.dto.js';

export const presenceSessions = new PerSocket<PresenceSession>();

/** The presence of one connection's person, and the people whose presence it watches. */
export class PresenceSession {
  private watched: UserId[] = [];
  /** Runs one request after another, so that the later one counts. */
  private readonly watches = new SerialQueue();

  constructor(
    private readonly socket: MeetingSocket,
    private readonly presence: PresenceService,
    private readonly view: PresenceView,
    private readonly companions: Companions,
  ) {}

  open(): void {
    this.presence.connectionOpened(this.userId, this.socket.id);
  }

  close(): void {
    this.presence.connectionClosed(this.userId, this.socket.id);
  }

  setAway(away: boolean): void {
    this.presence.setAway(this.userId, this.socket.id, away);
  }

  @Answers('watch_presence')
  watch({ userIds }: WatchPresenceDto): Promise<WatchPresenceReply> {
    return this.watches.run(async () => {
      const companions = await this.companions.among(
        this.userId,
        userIds.map((id) => id.toLowerCase()),
      );
      const reading = await this.view.read(companions);
      this.listenTo(companions);
      return { presences: reading.take() };
    });
  }

  /** Stops watching people who are no companions any more, after somebody has left a room. */
  recheck(): Promise<void> {
    return this.watches.run(async () => {
      if (this.watched.length > 0) this.listenTo(await this.companions.among(this.userId, this.watched));
    });
  }

  private get userId(): UserId {
    return this.socket.data.identity.userId;
  }

  private listenTo(userIds: UserId[]): void {
    // The connection was lost meanwhile: nobody would take it out of the channels again.
    if (!this.socket.connected) return;
    const kept = new Set(userIds);
    for (const userId of this.watched) if (!kept.has(userId)) void this.socket.leave(presenceChannel(userId));
    void this.socket.join(userIds.map(presenceChannel));
    this.watched = userIds;
  }
}
