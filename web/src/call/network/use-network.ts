import type { Room } from '@minimeet/sdk';
import { createContext, use, useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { OwnTrouble, Trouble } from './judge.js';
import { NetworkWatch } from './network-watch.js';

export const NetworkContext = createContext<NetworkWatch | null>(null);

/** Watches as long as the call is shown. Give it to `NetworkContext`. */
export function useNetworkWatch(room: Room): NetworkWatch {
  const watch = useMemo(() => new NetworkWatch(room), [room]);
  useEffect(() => watch.start(), [watch]);
  return watch;
}

export function useTrouble(personId: string): Trouble | null {
  const watch = use(NetworkContext);
  const read = useCallback(() => watch?.of(personId) ?? null, [watch, personId]);
  return useSyncExternalStore(watch?.subscribe ?? never, read);
}

export function useOwnTrouble(watch: NetworkWatch | null): OwnTrouble | null {
  const read = useCallback(() => watch?.own ?? null, [watch]);
  return useSyncExternalStore(watch?.subscribe ?? never, read);
}

function never(): () => void {
  return () => undefined;
}
