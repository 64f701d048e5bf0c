import type { NextFunction, Request, Response } from 'express';

/** How long a client that was answered early may go on sending: time enough to read the answer and stop. */
const LINGER_MS = 2_000;

/**
 * Ends the connection of a client that goes on sending after it was answered (a file that is too large, say). Ending it at once would
 * throw the answer away before the client has read it, reading it all would take as long as the client likes (RFC 9112, section 9.6).
 */
export function endUnreadBodies(request: Request, response: Response, next: NextFunction): void {
  response.once('finish', () => {
    if (request.complete) return;
    const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
    request.once('close', () => clearTimeout(timer));
    request.unpipe();
    request.resume();
  });
  next();
}
