import type { ParticipantId } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useOnce } from '../../ui/use-once.js';
import { useToast } from '../../ui/Toasts.js';

/** One's own hand. */
export function useHand(room: Room, onError: (error: unknown) => void): { raised: boolean; toggle: () => void } {
  const raised = room.self.handRaisedAt !== null;
  const { run } = useOnce(
    useCallback(() => (room.self.handRaisedAt === null ? room.raiseHand() : room.lowerHand()), [room]),
    onError,
  );
  return { raised, toggle: run };
}

/** Says who raises a hand. */
export function useHandWords(room: Room): void {
  const { t } = useTranslation('call');
  const toast = useToast();
  useEffect(() => {
    const up = new Set<ParticipantId>();
    for (const { id, handRaisedAt } of room.participants.values()) if (handRaisedAt !== null) up.add(id);
    const offs = [
      room.on('participant-updated', ({ id, handRaisedAt, displayName: name }) => {
        const was = up.has(id);
        if (handRaisedAt === null) up.delete(id);
        else up.add(id);
        if (id !== room.self.id && handRaisedAt !== null && !was) toast(t('hand.raisedBy', { name }));
      }),
      room.on('participant-left', ({ id }) => void up.delete(id)),
    ];
    return () => offs.forEach((off) => off());
  }, [room, toast, t]);
}
