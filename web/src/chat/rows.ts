import type { ChatMessage, MessageId } from '@minimeet/protocol';

export type Row =
  | { kind: 'day'; key: string; at: string }
  /** Unread messages stand below it. */
  | { kind: 'new'; key: string }
  /** `follows`: of the same person, shortly after the one above, and needs no name. */
  | { kind: 'message'; key: MessageId; message: ChatMessage; follows: boolean };

/** Messages of one person within this time stand under one name. */
const GROUP_MS = 5 * 60_000;

/** @param newAfter a read mark: the first message of others after it is headed; `null` without such a line. */
export function rowsOf(messages: readonly ChatMessage[], newAfter: number | null, selfUserId: string): Row[] {
  const rows: Row[] = [];
  let before: ChatMessage | undefined;
  let isHeaded = newAfter === null;
  for (const message of messages) {
    const opensDay = before === undefined || !isSameDay(before.sentAt, message.sentAt);
    if (opensDay) rows.push({ kind: 'day', key: `day ${message.id}`, at: message.sentAt });
    const opensNew = !isHeaded && message.sequence > (newAfter ?? 0) && message.senderId !== selfUserId;
    if (opensNew) {
      rows.push({ kind: 'new', key: 'new' });
      isHeaded = true;
    }
    const follows = !opensDay && !opensNew && before !== undefined && isFollowing(before, message);
    rows.push({ kind: 'message', key: message.id, message, follows });
    before = message;
  }
  return rows;
}

function isFollowing(before: ChatMessage, message: ChatMessage): boolean {
  return (
    before.senderId === message.senderId &&
    before.senderName === message.senderName &&
    before.content.type !== 'system' &&
    message.content.type !== 'system' &&
    message.replyTo === null &&
    Date.parse(message.sentAt) - Date.parse(before.sentAt) < GROUP_MS
  );
}

/** By the person's own clock. */
function isSameDay(one: string, other: string): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
