import { MiniMeetError, type NetworkCheck } from '@minimeet/sdk';
import { useCallback, useEffect, useState } from 'react';
import { freshToken, useUser } from '../session/session.js';
import { checkServer, type ServerCheck } from './check-server.js';

/** The findings so far; absent ones are being checked. */
export interface NetworkState {
  server?: ServerCheck | 'failed';
  /** `signed-out`: only signed-in people and guests have a connection to check. */
  network?: Partial<NetworkCheck>;
  problem?: 'signed-out' | 'no-socket' | 'no-webrtc' | 'failed';
}

/** Asks the server and tries the ways to its media, when it is first shown and when asked again. */
export function useNetworkCheck(): { state: NetworkState; done: boolean; again: () => void } {
  const signedIn = useUser() !== null;
  const [round, setRound] = useState(0);
  const [state, setState] = useState<NetworkState>({});
  const [done, setDone] = useState(false);
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const tell = (change: (before: NetworkState) => NetworkState) => {
      if (!signal.aborted) setState(change);
    };
    setState({});
    setDone(false);
    const server = checkServer(signal).then(
      (result) => tell((before) => ({ ...before, server: result })),
      () => tell((before) => ({ ...before, server: 'failed' })),
    );
    const network = signedIn
      ? tryPaths(signal, (network) =>
          tell((before) => ({ ...before, network: { ...before.network, ...network } })),
        ).catch((error: unknown) => tell((before) => ({ ...before, problem: problemOf(error, before) })))
      : Promise.resolve(tell((before) => ({ ...before, problem: 'signed-out' })));
    void Promise.all([server, network]).then(() => {
      if (!signal.aborted) setDone(true);
    });
    return () => ending.abort();
  }, [signedIn, round]);
  return { state, done, again: useCallback(() => setRound((before) => before + 1), []) };
}

async function tryPaths(signal: AbortSignal, onResult: (result: Partial<NetworkCheck>) => void): Promise<void> {
  // The media code is large: the rest of the check does not wait for it.
  const { checkNetwork } = await import('./network.js');
  await checkNetwork({ accessToken: freshToken, client: 'web', onResult, signal });
}

function problemOf(error: unknown, { network }: NetworkState): NetworkState['problem'] {
  if (!(error instanceof MiniMeetError)) return 'failed';
  if (error.code === 'UNSUPPORTED_MEDIA') return 'no-webrtc';
  if (error.code === 'UNAUTHENTICATED' || error.code === 'INVALID_REFRESH_TOKEN') return 'signed-out';
  return network?.socketMs === undefined ? 'no-socket' : 'failed';
}
