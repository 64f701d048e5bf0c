import type { Duplex } from 'node:stream';

/**
 * Sends one client everything of one turn of the event loop in one write: each write to a socket costs more than all
 * else that the server does for a notification (`cork` of https://nodejs.org/api/stream.html). The WebSocket library
 * corks and uncorks around each frame; here the uncorking waits for the end of the turn.
 */
export function writeOnceATurn(socket: Duplex): void {
  const uncork = socket.uncork.bind(socket);
  socket.uncork = () => process.nextTick(uncork);
}
