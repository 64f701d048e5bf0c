import { STATUS_CODES } from 'node:http';
import { ERROR_CODES, type Problem } from '@minimeet/protocol';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { AppError, toErrorReply } from '../errors/index.js';

/** Turns every failure of an HTTP request into a problem document (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    sendProblem(error, host.switchToHttp().getResponse<Response>());
  }
}

function sendProblem(error: unknown, response: Response): void {
  const { code, message, retryable, details } = toErrorReply(error);
  if (response.headersSent) {
    // Half of the answer is sent: a broken connection is its only honest end.
    response.destroy();
    return;
  }
  const { status } = ERROR_CODES[code];
  const title = STATUS_CODES[status] ?? code;
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    detail: message,
    code,
    retryable,
    ...(details && { details }),
  };
  if (error instanceof AppError && error.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', error.retryAfterSeconds);
  }
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}
