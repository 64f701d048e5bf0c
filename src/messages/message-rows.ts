import type { ChatMessage, MessageId, MessageReaction, QuotedMessage } from '@minimeet/protocol';
import { type EntityManager, In } from 'typeorm';
import { ChatMessageEntity } from './chat-message.entity.js';
import { quoteOf } from './content.js';

/** People named for one reaction: the first. */
const NAMED_PEOPLE = 100;

/** The columns of an answered message that its reply shows. */
export type QuotedRow = Pick<ChatMessageEntity, 'id' | 'roomId' | 'sequence' | 'senderName' | 'content'>;

/** One of the first people who reacted alike, and the number of all. */
interface ReactionRow {
  messageId: MessageId;
  reaction: string;
  userId: string;
  people: number | string;
}

/** Rows as clients see them, with quotes and reactions: at most two statements however many they are. */
export async function describeRows(manager: EntityManager, rows: readonly ChatMessageEntity[]): Promise<ChatMessage[]> {
  const quoted = await rowsToQuote(manager, rows);
  const standing = rows.filter(({ deletedAt }) => !deletedAt);
  const reactions = await reactionsTo(
    manager,
    standing.map(({ id }) => id),
  );
  return rows.map((row) => describeRow(row, quoted.get(row.replyToId ?? ''), reactions.get(row.id)));
}

export function describeRow(
  row: ChatMessageEntity,
  answered: QuotedRow | undefined,
  reactions: MessageReaction[] = [],
): ChatMessage {
  const { id, roomId, sequence, senderId, senderName, content, mentions, sentAt, editedAt, deletedAt } = row;
  return {
    id,
    roomId,
    sequence,
    senderId,
    senderName,
    content,
    replyTo: answered ? quote(answered) : null,
    mentions: mentions ?? [],
    reactions,
    sentAt: sentAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
    deletedAt: deletedAt?.toISOString() ?? null,
  };
}

/** The messages that these ones answer, by id. */
export async function rowsToQuote(
  manager: EntityManager,
  messages: readonly { replyToId: MessageId | null }[],
): Promise<Map<MessageId, QuotedRow>> {
  const ids = new Set(messages.flatMap(({ replyToId }) => replyToId ?? []));
  if (ids.size === 0) return new Map();
  const rows = await manager.find(ChatMessageEntity, {
    where: { id: In([...ids]) },
    select: { id: true, roomId: true, sequence: true, senderName: true, content: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

function quote({ id, sequence, senderName, content }: QuotedRow): QuotedMessage {
  return { id, sequence, senderName, text: quoteOf(content) };
}

async function reactionsTo(
  manager: EntityManager,
  ids: readonly MessageId[],
): Promise<Map<MessageId, MessageReaction[]>> {
  const reactions = new Map<MessageId, MessageReaction[]>();
  if (ids.length === 0) return reactions;
  const rows = await manager.query<ReactionRow[]>(
    `SELECT messageId, reaction, userId, people FROM (
       SELECT messageId, reaction, userId,
         COUNT(*) OVER (PARTITION BY messageId, reaction) AS people,
         MIN(createdAt) OVER (PARTITION BY messageId, reaction) AS since,
         ROW_NUMBER() OVER (PARTITION BY messageId, reaction ORDER BY createdAt, userId) AS place
       FROM chat_reaction WHERE messageId IN (${ids.map(() => '?').join()})
     ) AS ranked
     WHERE place <= ${NAMED_PEOPLE}
     ORDER BY people DESC, since, reaction, place`,
    [...ids],
  );
  for (const { messageId, reaction, userId, people } of rows) {
    const ofMessage = reactions.get(messageId) ?? [];
    reactions.set(messageId, ofMessage);
    const known = ofMessage.find((other) => other.reaction === reaction);
    if (known) known.userIds.push(userId);
    else ofMessage.push({ reaction, count: Number(people), userIds: [userId] });
  }
  return reactions;
}
