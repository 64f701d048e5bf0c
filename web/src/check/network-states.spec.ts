import type { PathCheck } from '@minimeet/sdk';
import { networkStates, overallState } from './network-states.js';

const open: PathCheck = { works: true, connectMs: 20, roundTripMs: 2 };
const blocked: PathCheck = { works: false, connectMs: null, roundTripMs: null };
const server = { latencyMs: 5, clockAheadMs: 0 };

describe('the check of the network', () => {
  it('is being made until something is known', () => {
    expect(networkStates({})).toEqual({
      server: 'checking',
      socket: 'checking',
      udp: 'checking',
      tcp: 'checking',
      relay: 'checking',
      blocked: false,
    });
  });

  it('is fine when UDP is open, also without TCP', () => {
    const states = networkStates({ server, network: { socketMs: 9, udp: open, tcp: blocked, relay: null } });
    expect(states).toMatchObject({ udp: 'ok', tcp: 'unknown', blocked: false });
  });

  it('has a limit when only TCP, or only a relay, is open', () => {
    expect(networkStates({ server, network: { socketMs: 9, udp: blocked, tcp: open, relay: null } })).toMatchObject({
      udp: 'warning',
      tcp: 'ok',
    });
    expect(networkStates({ server, network: { socketMs: 9, udp: blocked, tcp: blocked, relay: open } })).toMatchObject({
      udp: 'warning',
      tcp: 'warning',
      relay: 'ok',
      blocked: false,
    });
  });

  it('does not call the network blocked before every way was tried', () => {
    const soFar = { socketMs: 9, udp: blocked, tcp: blocked };
    expect(networkStates({ server, network: soFar })).toMatchObject({ udp: 'warning', blocked: false });
    expect(networkStates({ server, network: { ...soFar, relay: null } })).toMatchObject({
      udp: 'bad',
      tcp: 'bad',
      blocked: true,
    });
  });

  it('leaves open what needs somebody signed in, and says that a WebSocket that cannot be opened is bad', () => {
    expect(networkStates({ server, problem: 'signed-out' })).toMatchObject({ socket: 'unknown', udp: 'unknown' });
    expect(networkStates({ server, problem: 'no-socket' })).toMatchObject({ socket: 'bad', udp: 'unknown' });
    expect(networkStates({ server: 'failed', problem: 'no-socket' })).toMatchObject({ server: 'bad' });
  });
});

describe('the sentence above all', () => {
  it.each([
    [['ok', 'ask', 'unknown'], 'ok'],
    [['ok', 'checking'], 'checking'],
    [['warning', 'checking'], 'warning'],
    [['warning', 'bad', 'ok'], 'bad'],
  ] as const)('of %j is %s', (states, overall) => {
    expect(overallState(states)).toBe(overall);
  });
});
