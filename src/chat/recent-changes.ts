import { type ChatMessage, LIMITS, type RoomId } from '@minimeet/protocol';
import { Injectable } from '@nestjs/common';
import { EventBus } from '../common/events/index.js';

/** Many more than are stored while somebody joins. */
const REMEMBERED = 1_000;

/** The newest changes of all chats, which bring a page read from the database up to this very moment. */
@Injectable()
export class RecentChanges {
  private readonly changes: ChatMessage[] = [];
  private forgotten = 0;

  constructor(events: EventBus) {
    events.subscribe('chat-stored', ({ message }) => this.add(message));
    events.subscribe('chat-changed', ({ message }) => this.add(message));
  }

  /** How many changes there have been. */
  get version(): number {
    return this.forgotten + this.changes.length;
  }

  /** The newest messages of a room, oldest first, that were read when `version` was `since`: as they are now. */
  addTo(messages: readonly ChatMessage[], roomId: RoomId, since: number): ChatMessage[] {
    const later = this.changes.slice(Math.max(0, since - this.forgotten)).filter((change) => change.roomId === roomId);
    const byId = new Map([...messages, ...later].map((message) => [message.id, message]));
    return [...byId.values()].sort((a, b) => a.sequence - b.sequence).slice(-LIMITS.recentMessages);
  }

  private add(message: ChatMessage): void {
    this.changes.push(message);
    if (this.changes.length <= 2 * REMEMBERED) return;
    this.changes.splice(0, REMEMBERED);
    this.forgotten += REMEMBERED;
  }
}
