import type { IncomingMessage } from 'node:http';
import helmet from 'helmet';
import type { RequestHandler } from 'express';

/** A Host header of this form may be repeated in a policy. */
const HOST = /^[\w.:[\]-]{1,255}$/;

interface HeaderOptions {
  /** People reach the server by https only. */
  isHttps: boolean;
  /** For a page that is not ours, and has styles in its HTML. */
  inlineStyles?: boolean;
}

/** Security headers for the page and the API. */
export function securityHeaders({ isHttps, inlineStyles = false }: HeaderOptions): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", ...(inlineStyles ? ["'unsafe-inline'"] : [])],
        // Safari before 15.4 does not count WebSockets of the same origin to 'self'.
        // Saving a file of a chat is a connection to what the page itself holds of it.
        connectSrc: ["'self'", webSocketsOf('ws'), webSocketsOf('wss'), 'blob:'],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:', 'mediastream:'],
        workerSrc: ["'self'", 'blob:'],
      },
    },
    strictTransportSecurity: isHttps,
    crossOriginEmbedderPolicy: false,
  });
}

function webSocketsOf(scheme: 'ws' | 'wss'): (request: IncomingMessage) => string {
  return ({ headers: { host = '' } }) => (HOST.test(host) ? `${scheme}://${host}` : "'self'");
}
