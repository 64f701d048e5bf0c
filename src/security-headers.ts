import type { IncomingMessage } from 'node:http';
import helmet from 'helmet';
import type { RequestHandler } from 'express';

/** What a Host header may be made of, to be repeated in a policy. */
const HOST = /^[\w.:[\]-]{1,255}$/;

/** Security headers for the page and the API. `isHttps`: people reach the server by https only. */
export function securityHeaders(isHttps: boolean): RequestHandler {
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
        styleSrc: ["'self'"],
        // Safari before 15.4 does not count WebSockets of the same origin to 'self'.
        connectSrc: ["'self'", webSocketsOf('ws'), webSocketsOf('wss')],
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
