import type { CheckState } from './CheckRow.js';
import type { NetworkState } from './use-network-check.js';

export interface NetworkStates {
  server: CheckState;
  socket: CheckState;
  udp: CheckState;
  tcp: CheckState;
  relay: CheckState;
  /** Neither UDP nor TCP nor a relay carries media. */
  blocked: boolean;
}

/** Tells what each result means for a call: a blocked way is only bad when no other one is open. */
export function networkStates({ server, network = {}, problem }: NetworkState): NetworkStates {
  const { udp, tcp, relay, socketMs } = network;
  const over = problem !== undefined;
  const open = [udp, tcp, relay].some((path) => path?.works);
  const known = udp !== undefined && tcp !== undefined && relay !== undefined;
  const pending: CheckState = over ? 'unknown' : 'checking';
  return {
    server: server === undefined ? 'checking' : server === 'failed' ? 'bad' : 'ok',
    socket: socketMs !== undefined ? 'ok' : problem === 'signed-out' ? 'unknown' : over ? 'bad' : 'checking',
    udp: !udp ? pending : udp.works ? 'ok' : open || !known ? 'warning' : 'bad',
    tcp: !tcp ? pending : tcp.works ? 'ok' : udp?.works ? 'unknown' : open || !known ? 'warning' : 'bad',
    relay: !relay ? pending : relay.works ? 'ok' : open ? 'unknown' : 'bad',
    blocked: known && !open,
  };
}

/** The worst of some states, for the sentence above all; states that wait for the person count for nothing. */
export function overallState(states: readonly CheckState[]): 'checking' | 'ok' | 'warning' | 'bad' {
  for (const state of ['bad', 'warning', 'checking'] as const) if (states.includes(state)) return state;
  return 'ok';
}
