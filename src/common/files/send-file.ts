import type { Response } from 'express';
import { AppError } from '../errors/index.js';

/** A stored file, and the headers with which it is sent. */
export interface FileDelivery {
  /** Relative to `root`. */
  path: string;
  /** Absolute. */
  root: string;
  fileName: string;
  mediaType: string;
  /** Identifies the content: equal for equal content only. */
  etag: string;
  cacheControl: string;
}

const FILE_HEADERS = ['Content-Disposition', 'Content-Security-Policy', 'Cache-Control', 'ETag', 'Content-Type'];

/**
 * Sends a file as something to keep and never as a page, so that no browser runs it, whatever it claims to be (every
 * answer of ours has `nosniff`). Answers conditional and range requests (RFC 9110).
 * @throws AppError NOT_FOUND, RANGE_NOT_SATISFIABLE
 */
export async function sendFile(response: Response, delivery: FileDelivery): Promise<void> {
  const { path, root, fileName, mediaType, etag, cacheControl } = delivery;
  response.attachment(fileName).set({
    'Content-Type': mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType,
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': cacheControl,
    ETag: `"${etag}"`,
  });
  const error = await new Promise<Error | undefined>((resolve) => {
    response.sendFile(path, { root, cacheControl: false, lastModified: false }, resolve);
  });
  // A client that has broken the connection off hears nothing any more.
  if (!error || response.headersSent || response.destroyed) return;
  for (const name of FILE_HEADERS) response.removeHeader(name);
  throw failureOf(error, response);
}

function failureOf(error: Error, response: Response): Error {
  const status: unknown = Reflect.get(error, 'status');
  if (status === 404) return new AppError('NOT_FOUND', 'This file is gone.');
  if (status !== 416) return error;
  const headers: unknown = Reflect.get(error, 'headers');
  if (typeof headers === 'object' && headers !== null) response.set(headers);
  return new AppError('RANGE_NOT_SATISFIABLE', 'The file has no such bytes.');
}
