/** Version of the Socket.IO protocol, `major.minor`. A client sends its own in the handshake: `auth.protocolVersion`. */
export const PROTOCOL_VERSION = '1.0';

/** Whether a client that speaks `version` can talk to this server: the major number must be the same. */
export function isCompatibleVersion(version: string): boolean {
  return /^\d+\.\d+$/.test(version) && version.split('.')[0] === PROTOCOL_VERSION.split('.')[0];
}

/** What a client sends in the Socket.IO handshake (`io(url, { auth })`). */
export interface HandshakeAuth {
  /** The access token of `POST /api/auth/login`, `register`, `refresh` or `guest`. */
  token: string;
  /** Defaults to this server's version when absent. */
  protocolVersion?: string;
  /** What kind of client this is, for the call history: `web`, `loadtest`, … Up to `LIMITS.clientLength` characters. */
  client?: string;
  /** Lifts the server's rate limits, when it was started with the same key (`LOAD_TEST_KEY`). REST: the header `X-Load-Test-Key`. */
  loadTestKey?: string;
}
