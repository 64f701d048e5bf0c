import type { LobbyEntry } from '@minimeet/protocol';
import { MiniMeetError } from '@minimeet/sdk';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useModeration } from './moderation.js';

interface Admissions {
  admit: (entry: LobbyEntry) => void;
  deny: (entry: LobbyEntry) => void;
  admitAll: (entries: readonly LobbyEntry[]) => void;
}

/** The answers to those who wait in the lobby. */
export function useAdmissions(): Admissions {
  const { t } = useTranslation('people');
  const { room, act } = useModeration();
  return useMemo(
    () => ({
      admit: ({ id, displayName: name }) => act(() => unlessGone(room.admit(id)), t('lobby.admitted', { name })),
      deny: ({ id, displayName: name }) => act(() => unlessGone(room.deny(id)), t('lobby.denied', { name })),
      admitAll: (entries) =>
        act(
          async () => {
            // One after the other: each is a transaction behind the same lock of the room.
            for (const { id } of entries) await unlessGone(room.admit(id));
          },
          t('lobby.admittedAll', { count: entries.length }),
        ),
    }),
    [room, act, t],
  );
}

/** Somebody who went away, or whom another host was faster with, needs no answer any more. */
async function unlessGone(answer: Promise<void>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof MiniMeetError && error.code === 'NOT_FOUND')) throw error;
  }
}
