import type { JoinRoomReply, OpenChatReply, RoomId, UserId } from '@minimeet/protocol';
import type { ChatService } from '../../chat/chat.service.js';
import { toErrorReply } from '../../common/errors/index.js';
import type { Reading } from '../../common/reading.js';

/** Longest that a join waits for the newest messages. A healthy database needs milliseconds. */
const MAX_WAIT_MS = 1_000;

/** The chat in a reply to a join. */
export type JoinedChat = Pick<JoinRoomReply, 'messages' | 'lastReadSequence' | 'chatPending'>;

/** The client asks for it by itself, with `open_chat`. */
const PENDING: JoinedChat = { messages: [], lastReadSequence: 0, chatPending: true };

/**
 * The beginning of the chat for somebody who joins: a call needs its media, and not its history. A database that hangs,
 * fails or has a full disk makes it `chatPending`, within a second; it never rejects.
 */
export async function openInTime(chat: ChatService, roomId: RoomId, userId: UserId): Promise<Reading<JoinedChat>> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => (timer = setTimeout(resolve, MAX_WAIT_MS, null)));
  const opening = await Promise.race([read(chat, roomId, userId), tooLate]);
  clearTimeout(timer);
  return opening ?? { take: () => PENDING };
}

async function read(chat: ChatService, roomId: RoomId, userId: UserId): Promise<Reading<OpenChatReply> | null> {
  try {
    return await chat.open(roomId, userId);
  } catch (error) {
    // Says in the log what it was.
    toErrorReply(error);
    return null;
  }
}
