import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/index.js';

/** Refuses bodies that are not JSON: they would be taken for no body at all. */
export function jsonOnly(request: Request, _response: Response, next: NextFunction): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (!hasBody || request.is('application/json')) next();
  else next(new AppError('INVALID_PAYLOAD', 'Send JSON, with Content-Type: application/json.'));
}
