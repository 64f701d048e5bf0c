import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Session } from '@minimeet/protocol';
import sharp, { type Metadata, type Sharp } from 'sharp';
import type { Answer } from './http.js';

/** One part of a form. */
export interface Part {
  /** `file` when absent. */
  field?: string;
  /** Absent: a field of text, not a file. */
  fileName?: string;
  /** The type that the sender claims. */
  type?: string;
  content: Uint8Array | string;
}

/** Sends a form as browsers do. */
export async function sendForm(
  url: string,
  { accessToken }: Pick<Session, 'accessToken'>,
  parts: Part[],
  method = 'POST',
): Promise<Answer> {
  const { origin, pathname } = new URL(url);
  const { body, contentType } = formOf(parts);
  const response = await fetch(`${origin}${pathname}`, {
    method,
    headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': contentType },
    body: new Uint8Array(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? '' : (JSON.parse(text) as unknown) };
}

/** A form's bytes (RFC 7578). */
export function formOf(parts: Part[]): { body: Buffer; contentType: string } {
  const boundary = `----${randomBytes(12).toString('hex')}`;
  const pieces = parts.flatMap(({ field = 'file', fileName, type = 'application/octet-stream', content }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${field}"` +
        (fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: ${type}`) +
        '\r\n\r\n',
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  const body = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}

/** An upload that is sent piece by piece, for what goes wrong on the way. */
export function startUpload(
  url: string,
  { accessToken }: Pick<Session, 'accessToken'>,
  headers: Record<string, string | number>,
) {
  const outgoing = request(url, { method: 'POST', headers: { Authorization: `Bearer ${accessToken}`, ...headers } });
  const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
  });
  // Whether it is awaited or not.
  answer.catch(() => undefined);
  return { outgoing, answer };
}

/** A picture of random dots, so that it has a size worth the name. */
export function noise(width: number, height: number): Sharp {
  return sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });
}

/** The facts in a picture's header, with all its frames. */
export function pictureFacts(bytes: Buffer): Promise<Metadata> {
  // The server, which is in this process, reads files only.
  sharp.unblock({ operation: ['VipsForeignLoadWebpBuffer', 'VipsForeignLoadNsgifBuffer'] });
  return sharp(bytes, { animated: true }).metadata();
}

/** Bytes of a file, with the headers that came with them. */
export async function download(
  url: string,
  { accessToken }: Pick<Session, 'accessToken'>,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const response = await fetch(url, { headers: { Authorization: `Bearer ${accessToken}`, ...headers } });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}
