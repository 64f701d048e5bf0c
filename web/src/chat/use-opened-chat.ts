import type { Room } from '@minimeet/protocol';
import { MiniMeetClient, type Chat } from '@minimeet/sdk';
import { useEffect, useState } from 'react';
import { freshToken, withApi } from '../session/session.js';

type OpenedChat =
  { state: 'opening' } | { state: 'open'; chat: Chat; room: Room } | { state: 'failed'; error: unknown };

/** The chat of a room, without its call, for as long as the page shows it. */
export function useOpenedChat(slug: string, userId: string | null): OpenedChat {
  const [opened, setOpened] = useState<OpenedChat>({ state: 'opening' });
  useEffect(() => {
    setOpened({ state: 'opening' });
    if (userId === null) return undefined;
    const client = new MiniMeetClient({ accessToken: freshToken, client: 'web' });
    let current = true;
    const fail = (error: unknown) => current && setOpened({ state: 'failed', error });
    const open = async () => {
      const [chat, room] = await Promise.all([client.openChat(slug), withApi((api) => api.room(slug))]);
      if (!current) return;
      let last: unknown;
      chat.on('error', (error) => (last = error));
      chat.on('connection-changed', (connection) => connection === 'closed' && fail(last));
      setOpened({ state: 'open', chat, room });
    };
    void open().catch(fail);
    return () => {
      current = false;
      client.close();
    };
  }, [slug, userId]);
  return opened;
}
