import type { OpenChatReply, RoomSlug } from '@minimeet/protocol';
import type { ChatAccess } from '../../chat/chat-access.js';
import type { ChatService } from '../../chat/chat.service.js';
import type { Reading } from '../../common/reading.js';
import type { CurrentStay } from '../call/current-stay.js';
import type { MeetingSocket } from '../connection/meeting-socket.js';
import type { ChatChannels } from './chat-channels.js';
import { ChatSession } from './chat-session.js';

describe('the chat of the call', () => {
  let slug: RoomSlug | null;
  let read: (reading: Reading<OpenChatReply>) => void;
  let session: ChatSession;

  beforeEach(() => {
    slug = 'one';
    const opening = new Promise<Reading<OpenChatReply>>((resolve) => (read = resolve));
    const identity = { userId: 'ann', displayName: 'Ann' };
    session = new ChatSession(
      { id: 'socket', data: { identity } } as MeetingSocket,
      {
        get slug() {
          return slug;
        },
      } as CurrentStay,
      { open: (_roomId, _userId) => opening } as Partial<ChatService> as ChatService,
      {
        membership: (_identity, of) => Promise.resolve({ roomId: of, role: 'member' }),
      } as Partial<ChatAccess> as ChatAccess,
      {} as ChatChannels,
    );
  });

  const chat: OpenChatReply = { messages: [], lastReadSequence: 7 };

  it('is told', async () => {
    const told = session.openChat({});
    read({ take: () => chat });
    await expect(told).resolves.toBe(chat);
  });

  it.each([
    ['nobody any more who has left the call', null],
    ['nobody who is in the call of another room by then', 'other'],
  ])('is told to %s', async (_whom, slugByThen) => {
    const told = session.openChat({});
    await Promise.resolve();
    slug = slugByThen;
    read({ take: () => chat });
    await expect(told).rejects.toMatchObject({ code: 'WRONG_STATE' });
  });
});
