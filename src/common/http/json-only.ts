import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors/index.js';

/** Maximum time of a JSON body; only files may take longer. */
const BODY_MS = 30_000;

/**
 * Refuses bodies that are not JSON, which Nest would take for no body at all. Only requests that match one of `uploads`
 * (`PUT /path`) may carry a form.
 */
export function jsonOnly(uploads: readonly RegExp[]): RequestHandler {
  const isUpload = (request: Request): boolean =>
    request.is('multipart/form-data') !== false &&
    uploads.some((upload) => upload.test(`${request.method} ${request.path}`));
  return (request, _response, next) => {
    const hasBody =
      request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
    if (!hasBody || isUpload(request)) return next();
    if (!request.is('application/json')) {
      return next(new AppError('INVALID_PAYLOAD', 'Send JSON, with Content-Type: application/json.'));
    }
    const slow = setTimeout(() => request.socket.destroy(), BODY_MS).unref();
    for (const event of ['end', 'close']) request.once(event, () => clearTimeout(slow));
    next();
  };
}
