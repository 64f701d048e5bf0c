import type { Role } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { useEffect, useState } from 'react';
import { withApi } from '../session/session.js';
import type { OwnRole } from './powers.js';

/** One's own role in the call, and by the room's record: only a host in the call may have another one there. */
export function useOwnRole(room: Room, inCall: Role): OwnRole {
  const [recorded, setRecorded] = useState<Role | null>(null);
  useEffect(() => {
    setRecorded(null);
    if (inCall !== 'host') return undefined;
    let newest = 0;
    const look = () => {
      const question = ++newest;
      withApi((api) => api.room(room.slug)).then(
        ({ role }) => question === newest && setRecorded(role),
        // Offered is then what hosts may, and the server says what it refuses.
        () => undefined,
      );
    };
    look();
    // An acting host may have inherited the room from somebody who has left it for good.
    const off = room.on('participant-left', (_person, reason) => {
      if (reason === 'left') look();
    });
    return () => {
      newest = -1;
      off();
    };
  }, [room, inCall]);
  return { inCall, recorded: inCall === 'host' ? (recorded ?? inCall) : inCall };
}
