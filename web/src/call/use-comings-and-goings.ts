import type { LeaveReason } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { useEffect } from 'react';
import { useToast } from '../ui/Toasts.js';

/** In a crowd, everybody's coming and going is noise. */
const FEW = 12;

/** Says who joins and leaves. */
export function useComingsAndGoings(room: Room): void {
  const toast = useToast();
  useEffect(() => {
    const offs = [
      room.on('participant-joined', ({ displayName }) => {
        if (room.participants.size <= FEW) toast(`${displayName} joined`);
      }),
      room.on('participant-left', ({ displayName }, reason) => {
        if (room.participants.size <= FEW && reason !== 'replaced') toast(leftSentence(displayName, reason));
      }),
    ];
    return () => offs.forEach((off) => off());
  }, [room, toast]);
}

function leftSentence(name: string, reason: LeaveReason): string {
  if (reason === 'kicked') return `${name} was removed`;
  return reason === 'timed-out' ? `${name} lost the connection` : `${name} left`;
}
