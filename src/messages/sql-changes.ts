import type { MessageContent, MessageId, RoomId, UserId } from '@minimeet/protocol';
import { type EntityManager, IsNull } from 'typeorm';
import { insertRows } from '../common/database/index.js';
import { AppError } from '../common/errors/index.js';
import { ChatMessageEntity } from './chat-message.entity.js';
import { ChatReactionEntity } from './chat-reaction.entity.js';
import { ChatSequenceEntity } from './chat-sequence.entity.js';
import { searchTextOf } from './content.js';
import {
  assertAnswers,
  deleted,
  edited,
  type KnownReaction,
  noSuchMessage,
  reacts,
  wasDeleted,
} from './message-rules.js';
import { describeRow, describeRows, type QuotedRow, rowsToQuote } from './message-rows.js';
import type {
  MessageChange,
  MessageDeletion,
  MessageEdit,
  NewMessage,
  Outcome,
  ReactionChange,
} from './message-store.js';
import { type Indexed, indexText, keyKindOf } from './search/index-text.js';

type ChangeOfOne = Exclude<MessageChange, NewMessage>;

/** A message that can be stored, but for its number. */
interface Prepared {
  row: ChatMessageEntity;
  answered: QuotedRow | undefined;
}

/**
 * Changes of one room's chat inside one transaction. An AppError fails its own change only, which has written nothing
 * then.
 */
export class SqlChanges {
  constructor(
    private readonly manager: EntityManager,
    private readonly roomId: RoomId,
  ) {}

  async apply(changes: readonly MessageChange[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const part of inParts(changes)) {
      if (Array.isArray(part)) outcomes.push(...(await this.append(part)));
      else outcomes.push(await orFailure(() => this.changeOne(part)));
    }
    return outcomes;
  }

  /**
   * Four statements, however many messages: two for their numbers, one for their rows, one for all that they answer.
   */
  private async append(messages: readonly NewMessage[]): Promise<Outcome[]> {
    const quotable = await rowsToQuote(
      this.manager,
      messages.map(({ replyTo }) => ({ replyToId: replyTo })),
    );
    const prepared: (Prepared | { failure: AppError })[] = [];
    for (const message of messages) prepared.push(await orFailure(() => this.prepare(message, quotable)));
    await this.insert(prepared.flatMap((item) => ('row' in item ? item.row : [])));
    return prepared.map((item) =>
      'row' in item ? { message: describeRow(item.row, item.answered), changed: true } : item,
    );
  }

  private prepare(message: NewMessage, quotable: Map<MessageId, QuotedRow>): Prepared {
    const { id, author, content, replyTo, mentions } = message;
    const answered = replyTo === null ? undefined : quotable.get(replyTo);
    if (replyTo !== null) assertAnswers(this.roomId, answered);
    const owner = { roomId: this.roomId, senderId: author.userId, sentAt: new Date() };
    const row: ChatMessageEntity = {
      ...owner,
      id,
      sequence: 0,
      senderName: author.displayName,
      content,
      searchText: this.indexText(owner, content),
      replyToId: replyTo,
      mentions: mentions.length > 0 ? mentions : null,
      editedAt: null,
      deletedAt: null,
      isQuiet: content.type === 'system',
    };
    return { row, answered };
  }

  private indexText(owner: Indexed, content: MessageContent): string | null {
    return indexText(keyKindOf(this.manager.connection.options.type), owner, searchTextOf(content));
  }

  private async insert(rows: ChatMessageEntity[]): Promise<void> {
    if (rows.length === 0) return;
    const last = await this.takeSequences(rows.length);
    rows.forEach((row, i) => (row.sequence = last - rows.length + 1 + i));
    await insertRows(this.manager, ChatMessageEntity, rows);
  }

  /** @returns the last of `count` numbers. Until the transaction ends, nobody else gets one in this room. */
  private async takeSequences(count: number): Promise<number> {
    const known = await this.advanceCounter(count);
    if (known !== undefined) return known;
    // The first message of a room, or the room is gone. Another server on the same database may begin at the same time.
    const insert = this.manager.createQueryBuilder().insert().into(ChatSequenceEntity).orIgnore();
    await insert.values({ roomId: this.roomId, lastSequence: 0 }).updateEntity(false).execute();
    const last = await this.advanceCounter(count);
    if (last === undefined) throw new AppError('NOT_FOUND', 'There is no such room.');
    return last;
  }

  /** @returns where the room's counter stands then; `undefined` when it has none. */
  private async advanceCounter(count: number): Promise<number | undefined> {
    const { manager, roomId } = this;
    await manager.query('UPDATE chat_sequence SET lastSequence = lastSequence + ? WHERE roomId = ?', [count, roomId]);
    const [counter] = await manager.query<{ lastSequence: number }[]>(
      'SELECT lastSequence FROM chat_sequence WHERE roomId = ?',
      [roomId],
    );
    return counter?.lastSequence;
  }

  private changeOne(change: ChangeOfOne): Promise<Outcome> {
    switch (change.kind) {
      case 'edit':
        return this.edit(change);
      case 'delete':
        return this.delete(change);
      case 'react':
        return this.react(change);
    }
  }

  private async edit(change: MessageEdit): Promise<Outcome> {
    const row = await this.find(change.messageId);
    const words = edited(row, change);
    if (!words) return this.asItIs(row);
    await this.update(row, { ...words, searchText: this.indexText(row, words.content), editedAt: new Date() });
    return this.changed(row);
  }

  private async delete(change: MessageDeletion): Promise<Outcome> {
    const row = await this.find(change.messageId);
    const rest = deleted(row, change);
    if (!rest) return this.asItIs(row);
    await this.update(row, { ...rest, searchText: null, deletedAt: new Date(), isQuiet: true });
    await this.manager.delete(ChatReactionEntity, { messageId: row.id });
    return this.changed(row);
  }

  private async react(change: ReactionChange): Promise<Outcome> {
    const row = await this.find(change.messageId);
    if (!reacts(row, change, await this.reactionsTo(row, change.by))) return this.asItIs(row);
    const key = { messageId: row.id, reaction: change.reaction, userId: change.by };
    if (change.on) await this.addReaction(key);
    else await this.manager.delete(ChatReactionEntity, key);
    return this.changed(row);
  }

  private async reactionsTo({ id }: ChatMessageEntity, userId: UserId): Promise<KnownReaction[]> {
    const rows = await this.manager.query<{ reaction: string; isOwn: number | string }[]>(
      'SELECT reaction, MAX(userId = ?) AS isOwn FROM chat_reaction WHERE messageId = ? GROUP BY reaction',
      [userId, id],
    );
    return rows.map(({ reaction, isOwn }) => ({ reaction, isOwn: Number(isOwn) === 1 }));
  }

  /** Another server on the same database may have added it just now. */
  private async addReaction(key: Pick<ChatReactionEntity, 'messageId' | 'reaction' | 'userId'>): Promise<void> {
    const insert = this.manager.createQueryBuilder().insert().into(ChatReactionEntity).orIgnore();
    await insert
      .values({ ...key, createdAt: new Date() })
      .updateEntity(false)
      .execute();
  }

  private async find(id: string): Promise<ChatMessageEntity> {
    const row = await this.manager.findOneBy(ChatMessageEntity, { id, roomId: this.roomId });
    if (!row) throw noSuchMessage();
    return row;
  }

  /** A message that another server on the same database has deleted meanwhile stays deleted. */
  private async update(row: ChatMessageEntity, changes: Partial<ChatMessageEntity>): Promise<void> {
    const { affected } = await this.manager.update(ChatMessageEntity, { id: row.id, deletedAt: IsNull() }, changes);
    if (affected !== 1) throw wasDeleted();
    Object.assign(row, changes);
  }

  private async changed(row: ChatMessageEntity): Promise<Outcome> {
    const [message] = await describeRows(this.manager, [row]);
    if (!message) throw noSuchMessage();
    return { message, changed: true };
  }

  private async asItIs(row: ChatMessageEntity): Promise<Outcome> {
    return { ...(await this.changed(row)), changed: false };
  }
}

/**
 * New messages that follow each other, and other changes one by one. An answered message is stored before its answer.
 */
function inParts(changes: readonly MessageChange[]): (NewMessage[] | ChangeOfOne)[] {
  const parts: (NewMessage[] | ChangeOfOne)[] = [];
  for (const change of changes) {
    const last = parts.at(-1);
    if (change.kind !== 'append') parts.push(change);
    else if (Array.isArray(last) && !last.some(({ id }) => id === change.replyTo)) last.push(change);
    else parts.push([change]);
  }
  return parts;
}

async function orFailure<Result>(work: () => Result | Promise<Result>): Promise<Result | { failure: AppError }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return { failure: error };
    throw error;
  }
}
