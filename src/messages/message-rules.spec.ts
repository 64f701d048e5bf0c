import { type AttachmentContent, type ErrorCode, LIMITS, type MessageContent } from '@minimeet/protocol';
import { AppError } from '../common/errors/index.js';
import {
  assertAnswers,
  assertSentAgain,
  type ChangedMessage,
  deleted,
  edited,
  type KnownReaction,
  reacts,
  type StoredMessage,
} from './message-rules.js';

const ANN = 'ann';
const BEN = 'ben';
const NOW = new Date('2026-11-27T12:00:00Z');
const text = (words: string): MessageContent => ({ type: 'text', text: words });
const picture: AttachmentContent = {
  type: 'image',
  attachment: {
    id: 'file',
    kind: 'image',
    fileName: 'dots.png',
    mediaType: 'image/png',
    bytes: 1,
    width: 1,
    height: 1,
    hasPreview: false,
  },
  text: 'look',
};
const system: MessageContent = { type: 'system', event: 'room-locked', subject: null, value: null };
const message = (changes: Partial<StoredMessage> = {}): StoredMessage => ({
  senderId: ANN,
  content: text('hello'),
  mentions: null,
  deletedAt: null,
  ...changes,
});
const gone = message({ content: text(''), deletedAt: NOW });

/** The code of the refusal, or the answer. */
function answerOf<Answer>(ask: () => Answer): Answer | ErrorCode {
  try {
    return ask();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

type Row<Change> = [what: string, stored: StoredMessage, change: Change, answer: ChangedMessage | null | ErrorCode];

describe('an edit', () => {
  interface Edit {
    by?: string;
    text?: string;
    mentions?: string[];
  }
  const tooLong = 'a'.repeat(LIMITS.messageLength + 1);
  it.each<Row<Edit>>([
    ['of one’s own words is stored', message(), {}, { content: text('hi'), mentions: null }],
    [
      'of the words beside a file keeps the file',
      message({ content: picture }),
      {},
      { content: { ...picture, text: 'hi' }, mentions: null },
    ],
    [
      'may take the words beside a file away',
      message({ content: picture }),
      { text: '' },
      { content: { ...picture, text: '' }, mentions: null },
    ],
    ['keeps who is mentioned', message({ mentions: [BEN] }), {}, { content: text('hi'), mentions: [BEN] }],
    ['may mention others', message({ mentions: [BEN] }), { mentions: [ANN] }, { content: text('hi'), mentions: [ANN] }],
    [
      'may mention nobody any more',
      message({ mentions: [BEN] }),
      { text: 'hello', mentions: [] },
      { content: text('hello'), mentions: null },
    ],
    ['to the same words is none', message({ mentions: [BEN] }), { text: 'hello', mentions: [BEN] }, null],
    ['of another’s words is refused', message(), { by: BEN }, 'FORBIDDEN'],
    ['of the words of an account that is gone is refused', message({ senderId: null }), {}, 'FORBIDDEN'],
    ['of what happened in the room is refused', message({ content: system }), {}, 'FORBIDDEN'],
    ['of what was deleted is refused', gone, {}, 'WRONG_STATE'],
    ['of another’s deleted words tells nothing about them', gone, { by: BEN }, 'FORBIDDEN'],
    ['to nothing is refused', message(), { text: ' ' }, 'INVALID_PAYLOAD'],
    ['to too much is refused', message({ content: picture }), { text: tooLong }, 'INVALID_PAYLOAD'],
  ])('%s', (_what, stored, { by = ANN, text: words = 'hi', mentions = null }, answer) => {
    const edit = { kind: 'edit' as const, messageId: 'm', by, text: words, mentions };
    expect(answerOf(() => edited(stored, edit))).toEqual(answer);
  });
});

describe('a deletion', () => {
  const nothing = { content: text(''), mentions: null };
  it.each<Row<{ by?: string; moderates?: boolean }>>([
    ['of one’s own message leaves nothing', message({ mentions: [BEN] }), {}, nothing],
    ['of a message with a file leaves nothing', message({ content: picture }), {}, nothing],
    ['of another’s message is refused', message(), { by: BEN }, 'FORBIDDEN'],
    ['of another’s message is a moderator’s', message(), { by: BEN, moderates: true }, nothing],
    [
      'of a message whose account is gone is a moderator’s',
      message({ senderId: null }),
      { by: BEN, moderates: true },
      nothing,
    ],
    ['of what happened in the room is nobody’s', message({ content: system }), { moderates: true }, 'FORBIDDEN'],
    ['of what was deleted before changes nothing', gone, {}, null],
    ['of another’s deleted message is refused as before', gone, { by: BEN }, 'FORBIDDEN'],
  ])('%s', (_what, stored, { by = ANN, moderates = false }, answer) => {
    expect(answerOf(() => deleted(stored, { kind: 'delete', messageId: 'm', by, moderates }))).toEqual(answer);
  });
});

describe('a reaction', () => {
  const own = (reaction: string): KnownReaction => ({ reaction, isOwn: true });
  const others = (reaction: string): KnownReaction => ({ reaction, isOwn: false });
  const many = (count: number) => Array.from({ length: count }, (_, i) => others(`emoji ${i}`));
  const most = LIMITS.reactionsPerMessage;
  it.each<[what: string, stored: StoredMessage, on: boolean, known: KnownReaction[], answer: boolean | ErrorCode]>([
    ['is added', message(), true, [], true],
    ['is added to what happened in the room', message({ content: system }), true, [], true],
    ['joins those of others', message(), true, [others('👍'), own('🎉')], true],
    ['is added once', message(), true, [own('👍')], false],
    ['is taken back', message(), false, [own('👍')], true],
    ['of others is not taken back', message(), false, [others('👍')], false],
    ['that is not there is not taken back', message(), false, [], false],
    ['to a deleted message is refused', gone, true, [], 'WRONG_STATE'],
    ['to a deleted message is taken back without complaint', gone, false, [], false],
    ['is the last that a message takes', message(), true, many(most - 1), true],
    ['is one too many', message(), true, many(most), 'LIMIT_EXCEEDED'],
    ['joins those of others on a message that is full', message(), true, [...many(most - 1), others('👍')], true],
  ])('%s', (_what, stored, on, known, answer) => {
    const change = { kind: 'react' as const, messageId: 'm', by: ANN, reaction: '👍', on };
    expect(answerOf(() => reacts(stored, change, known))).toBe(answer);
  });
});

describe('a reply', () => {
  it.each([
    ['answers a message of its room', { roomId: 'room' }, undefined],
    ['answers none of another room', { roomId: 'other' }, 'NOT_FOUND'],
    ['answers none that is not there', undefined, 'NOT_FOUND'],
  ])('%s', (_what, answered, answer) => {
    expect(answerOf(() => assertAnswers('room', answered))).toBe(answer);
  });
});

describe('an id that is stored already', () => {
  it.each([
    ['is the same message sent again', ANN, 'room', undefined],
    ['is refused to somebody else', BEN, 'room', 'CONFLICT'],
    ['is refused in another room', ANN, 'other', 'CONFLICT'],
  ])('%s', (_what, userId, roomId, answer) => {
    const stored = {
      id: 'm',
      roomId: 'room',
      sequence: 1,
      senderId: ANN,
      senderName: 'Ann',
      content: text('hello'),
      replyTo: null,
      mentions: [],
      reactions: [],
      sentAt: NOW.toISOString(),
      editedAt: null,
      deletedAt: null,
    };
    const again = {
      kind: 'append' as const,
      id: 'm',
      author: { userId, displayName: 'A' },
      content: { type: 'text' as const, text: 'hello' },
      replyTo: null,
      mentions: [],
    };
    expect(answerOf(() => assertSentAgain(stored, roomId, again))).toBe(answer);
  });
});
