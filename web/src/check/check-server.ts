/** The findings of asking the server over HTTP. */
export interface ServerCheck {
  /** The shortest of some round trips, in milliseconds. */
  latencyMs: number;
  /**
   * Milliseconds by which this device's clock is ahead of the server's, exact to about a second. `null` when the server
   * does not say.
   */
  clockAheadMs: number | null;
}

const ROUND_TRIPS = 4;
const TIMEOUT_MS = 8_000;

/** @throws when the server cannot be reached, or does not answer as it should. */
export async function checkServer(signal: AbortSignal): Promise<ServerCheck> {
  let latencyMs = Infinity;
  let clockAheadMs: number | null = null;
  // The first opens the connection; the others show how long a round trip takes.
  for (let trip = 0; trip < ROUND_TRIPS; trip++) {
    const askedAt = performance.now();
    const askedOn = Date.now();
    const response = await fetch('/health/live', {
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    await response.arrayBuffer();
    latencyMs = Math.min(latencyMs, performance.now() - askedAt);
    // RFC 9110: in whole seconds, cut off; half a second is the middle.
    const said = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(said)) clockAheadMs = (askedOn + Date.now()) / 2 - (said + 500);
  }
  return { latencyMs, clockAheadMs };
}
