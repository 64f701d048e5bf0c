import type { Role } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { useCallback, useEffect, useState } from 'react';
import { withApi } from '../session/session.js';
import type { OwnRole } from './powers.js';

/** What one is in the call, and by the room's record: only who is a host in the call may be something else there. */
export function useOwnRole(room: Room, inCall: Role): { own: OwnRole; lookAgain: () => void } {
  const [recorded, setRecorded] = useState<Role | null>(null);
  const [looked, setLooked] = useState(0);
  useEffect(() => {
    if (inCall !== 'host') {
      setRecorded(null);
      return undefined;
    }
    let current = true;
    withApi((api) => api.room(room.slug)).then(
      ({ role }) => current && setRecorded(role),
      // Offered is then what hosts may, and the server says what it refuses.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [room, inCall, looked]);
  const lookAgain = useCallback(() => setLooked((times) => times + 1), []);
  return { own: { inCall, recorded: inCall === 'host' ? (recorded ?? inCall) : inCall }, lookAgain };
}
