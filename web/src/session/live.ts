import type { Presence, UserId } from '@minimeet/protocol';
import type { MiniMeetClient, PresenceWatch } from '@minimeet/sdk';
import { createContext, use, useEffect, useMemo, useState } from 'react';
import { freshToken, useUser } from './session.js';

/** Between two screens that both want the connection it stays open. */
const LINGER_MS = 2_000;
const NOBODY: ReadonlyMap<UserId, Presence> = new Map();

/** The page's connection outside of calls. Its code, which a first screen does not need, is fetched on demand. */
let shared: { userId: UserId; client: Promise<MiniMeetClient>; holders: number } | null = null;

function hold(userId: UserId): { client: Promise<MiniMeetClient>; release: () => void } {
  if (shared?.userId !== userId) {
    const client = import('./live-client.js').then(
      ({ MiniMeetClient: Client }) => new Client({ accessToken: freshToken, client: 'web' }),
    );
    shared = { userId, client, holders: 0 };
  }
  const held = shared;
  held.holders++;
  return {
    client: held.client,
    release: () => {
      held.holders--;
      setTimeout(() => {
        if (held.holders > 0) return;
        if (shared === held) shared = null;
        held.client.then(
          (client) => client.close(),
          () => undefined,
        );
      }, LINGER_MS);
    },
  };
}

/** The connection of a call, for what is shown in it: it needs no other. */
export const CallClientContext = createContext<MiniMeetClient | null>(null);

/** The presence of these people, as it changes; people whose presence is not known yet are absent. */
export function usePresences(userIds: readonly UserId[]): ReadonlyMap<UserId, Presence> {
  const me = useUser()?.id;
  const ofCall = use(CallClientContext);
  const key = useMemo(() => [...new Set(userIds)].sort().join(), [userIds]);
  const [presences, setPresences] = useState(NOBODY);
  useEffect(() => {
    if (!me || key === '') return undefined;
    const { client, release } = ofCall ? borrowed(ofCall) : hold(me);
    let watch: PresenceWatch | null = null;
    let ended = false;
    client.then(
      (live) => {
        if (ended) return;
        live.connect().catch(() => undefined);
        const opened = live.watchPresence(key.split(','));
        watch = opened;
        const show = () => setPresences(new Map(opened.presences));
        opened.on('presence-changed', show);
        show();
      },
      // Without the code or the server the page shows nobody's presence, which is what it knows.
      () => undefined,
    );
    return () => {
      ended = true;
      watch?.close();
      release();
    };
  }, [me, key, ofCall]);
  return presences;
}

function borrowed(client: MiniMeetClient): ReturnType<typeof hold> {
  return { client: Promise.resolve(client), release: () => undefined };
}
