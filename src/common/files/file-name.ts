import { LIMITS } from '@minimeet/protocol';

/** Control characters, and marks that turn the direction of text: one makes `photo_gpj.exe` read as `photo_exe.jpg`. */
// eslint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const FALLBACK = 'file';

/**
 * The name of an uploaded file as others see it, without a path or invisible characters. At most
 * `LIMITS.fileNameLength` characters.
 */
export function safeFileName(given: string | undefined): string {
  const name = (given ?? '')
    .toWellFormed()
    .replace(INVISIBLE, '')
    .replace(/^.*[/\\]/, '')
    .trim();
  return /^\.*$/.test(name) ? FALLBACK : shortened(name);
}

/** Leaves out the middle: a name's end tells the kind of file. */
function shortened(name: string): string {
  if (name.length <= LIMITS.fileNameLength) return name;
  const [ending = ''] = /\.[^.]{1,16}$/.exec(name) ?? [];
  return `${name.slice(0, LIMITS.fileNameLength - ending.length).toWellFormed()}${ending}`.replaceAll('\ufffd', '');
}
