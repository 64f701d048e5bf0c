import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';

const UNKNOWN = 'application/octet-stream';
const TEXT = 'text/plain';
/** Length of the beginning of a file that has to be text for the file to be text. */
const TEXT_SAMPLE_BYTES = 256 * 1024;
/** Control characters that text files do not have: all but tab, line feed, form feed, carriage return. */
// eslint-disable-next-line no-control-regex
const BINARY_CHARACTER = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;

/** The media type (RFC 6838) by the file's content. Text of any kind, HTML and SVG too, is `text/plain`. */
export async function mediaTypeOf(path: string): Promise<string> {
  const known = await fileTypeFromFile(path);
  if (known) return known.mime;
  return (await isText(path)) ? TEXT : UNKNOWN;
}

async function isText(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const sample = Buffer.alloc(TEXT_SAMPLE_BYTES);
    const { bytesRead } = await file.read(sample, 0, sample.length, 0);
    const text = decoded(sample.subarray(0, bytesRead));
    return text !== undefined && !BINARY_CHARACTER.test(text);
  } finally {
    await file.close();
  }
}

/** `undefined` when it is not the beginning of UTF-8; it may end inside a character. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
