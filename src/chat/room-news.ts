import type { RoomId, SystemContent, UserId } from '@minimeet/protocol';
import { Injectable, Logger } from '@nestjs/common';
import { isDatabaseDown } from '../common/errors/index.js';
import { EventBus, type Events } from '../common/events/index.js';
import { UsersService } from '../users/users.service.js';
import { ChatService } from './chat.service.js';

/** One event of a room: without a subject it concerns all, without a value there is none. */
type News = Pick<SystemContent, 'event'> & { subject?: UserId; value?: string };

/** Says in a room's chat that something was done to the room, and by whom, so that it can be read later too. */
@Injectable()
export class RoomNews {
  private readonly logger = new Logger(RoomNews.name);

  constructor(
    private readonly chat: ChatService,
    private readonly users: UsersService,
    events: EventBus,
  ) {
    events.subscribe('room-updated', (fact) => this.roomUpdated(fact));
    events.subscribe('member-removed', (fact) => this.memberRemoved(fact));
    // Nobody made them host when they were the next in line: they became it themselves.
    events.subscribe('member-role-changed', ({ roomId, userId, role, by }) =>
      this.tell(roomId, by ?? userId, { event: 'role-changed', subject: userId, value: role }),
    );
    events.subscribe('call-ended', ({ roomId, by }) => this.tell(roomId, by, { event: 'call-ended' }));
  }

  private async roomUpdated({ room, previous, by }: Events['room-updated']): Promise<void> {
    // A lock that nobody was left to open was opened by itself, and nobody is there to read of it.
    if (by === null) return;
    if (room.name !== previous.name) await this.tell(room.id, by, { event: 'room-renamed', value: room.name });
    if (room.locked !== previous.locked) {
      await this.tell(room.id, by, { event: room.locked ? 'room-locked' : 'room-unlocked' });
    }
  }

  private async memberRemoved({ roomId, userId, reason, by }: Events['member-removed']): Promise<void> {
    if (reason === 'left' || by === null) return;
    await this.tell(roomId, by, { event: reason === 'banned' ? 'person-banned' : 'person-removed', subject: userId });
  }

  private async tell(roomId: RoomId, by: UserId, { event, subject, value }: News): Promise<void> {
    try {
      const names = await this.users.displayNames(subject === undefined ? [by] : [by, subject]);
      const author = { userId: by, displayName: names.get(by) ?? '' };
      const about = subject === undefined ? null : (names.get(subject) ?? '');
      await this.chat.postSystem(roomId, author, { event, subject: about, value: value ?? null });
    } catch (error) {
      // It was done all the same.
      if (!isDatabaseDown(error)) throw error;
      this.logger.warn(`The chat does not say that there was a ${event}: the database does not answer.`);
    }
  }
}
