import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { Request } from 'express';
import { AppError } from '../errors/index.js';
import { safeFileName } from './file-name.js';

/** The form's only field. */
const FIELD = 'file';
/** Maximum size of a form around its file. */
const ENVELOPE_BYTES = 16 * 1024;
/** Silence after which a sender has gone. */
const SILENCE_MS = 30_000;
const STORAGE_FULL_CODES = new Set(['ENOSPC', 'EDQUOT']);

/** A file that has arrived as a whole, at the path that was asked for. */
export interface ReceivedFile {
  /** As `safeFileName` leaves it. */
  fileName: string;
  bytes: number;
  /** In hexadecimal. */
  sha256: string;
}

interface Destination {
  /** A file that does not exist yet. */
  path: string;
  maxBytes: number;
}

/**
 * Writes the only file of a form (RFC 7578) to the disk as it comes. A failure leaves nothing there, and is known at
 * once: nobody waits for the rest of the body.
 * @throws AppError INVALID_PAYLOAD, PAYLOAD_TOO_LARGE, STORAGE_FULL, TIMED_OUT, DISCONNECTED
 */
export async function receiveFile(request: Request, { path, maxBytes }: Destination): Promise<ReceivedFile> {
  if (declaredBytes(request) > maxBytes + ENVELOPE_BYTES) throw tooLarge(maxBytes);
  const form = formOf(request, maxBytes);
  const refusal = new AbortController();
  const refuse = (error: unknown): void => refusal.abort(error);
  let storing: Promise<ReceivedFile> | undefined;

  form.on('error', refuse);
  form.on('file', (name, content, filename) => {
    // A stream that is cut off fails, and nobody waits for that once the form is refused.
    content.on('error', refuse);
    content.once('limit', () => refuse(tooLarge(maxBytes)));
    if (name !== FIELD) return refuse(notOneFile());
    storing = store(content, path, refusal.signal).then((stored) => ({ fileName: safeFileName(filename), ...stored }));
    storing.catch(refuse);
  });
  for (const limit of ['fieldsLimit', 'filesLimit', 'partsLimit'] as const) form.on(limit, () => refuse(notOneFile()));
  request.once('close', () => {
    if (!request.complete) refuse(new AppError('DISCONNECTED', 'The connection was lost before the file was whole.'));
  });
  const silence = setTimeout(() => refuse(new AppError('TIMED_OUT', 'The file stopped coming.')), SILENCE_MS);
  request.on('data', () => silence.refresh());

  try {
    request.pipe(form);
    await finished(form, { signal: refusal.signal });
    const file = await storing;
    if (!file) throw notOneFile();
    if (file.bytes === 0) throw new AppError('INVALID_PAYLOAD', 'The file is empty.');
    return file;
  } catch (error) {
    refuse(error);
    request.unpipe(form);
    form.destroy();
    // Only a closed file can be removed for good.
    await storing?.catch(() => undefined);
    await rm(path, { force: true });
    throw failureOf(refusal.signal.reason);
  } finally {
    clearTimeout(silence);
  }
}

/** The length of the body by its header; 0 when it does not say. */
export function declaredBytes({ headers }: Request): number {
  return Number(headers['content-length'] ?? 0);
}

function formOf(request: Request, maxBytes: number): BusboyInstance {
  const { 'content-type': contentType = '' } = request.headers;
  if (!request.is('multipart/form-data')) throw notOneFile();
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: { fileSize: maxBytes, files: 1, fields: 0, parts: 2, headerPairs: 32 },
    });
  } catch {
    throw notOneFile();
  }
}

async function store(
  content: Readable,
  path: string,
  signal: AbortSignal,
): Promise<Pick<ReceivedFile, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  const measured = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  // Flushed, so that what is acknowledged survives a power cut.
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  const closed = new Promise<void>((resolve) => file.once('close', resolve));
  try {
    await pipeline(content, measured, file, { signal });
  } finally {
    // A stream that is cut off ends before its file is closed, or even opened: the file would appear after its removal.
    file.destroy();
    await closed;
  }
  return { bytes, sha256: hash.digest('hex') };
}

function failureOf(reason: unknown): unknown {
  if (reason instanceof AppError) return reason;
  const { code } = reason as NodeJS.ErrnoException;
  if (code !== undefined && STORAGE_FULL_CODES.has(code)) {
    return new AppError('STORAGE_FULL', 'The server has no more room for files.', { cause: reason });
  }
  // Other failures of the disk have a code of the operating system; those of the form's parser have none.
  if (code !== undefined && code.startsWith('E') && !code.startsWith('ERR_')) return reason;
  return new AppError('INVALID_PAYLOAD', 'The form is broken off or malformed.', { cause: reason });
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `A file may have ${maxBytes} bytes here.`);
}

function notOneFile(): AppError {
  const sentence = `Send a form (multipart/form-data) with one file in the field "${FIELD}", and nothing else.`;
  return new AppError('INVALID_PAYLOAD', sentence, { details: { [FIELD]: [sentence] } });
}
