import type { NextFunction, Request, Response } from 'express';

/** Time in which a client that was answered early reads the answer and stops sending. */
const LINGER_MS = 2_000;

/**
 * Ends the connection of a client that goes on sending after its answer (to a file that is too large, say). Ended at
 * once, the answer would be lost before the client has read it; read to its end, the body takes as long as the client
 * likes (RFC 9112, section 9.6).
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
