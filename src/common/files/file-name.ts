import { LIMITS } from '@minimeet/protocol';

/** Control characters, and marks that turn the direction of text: with one, `photo_gpj.exe` reads as `photo_exe.jpg`. */
// eslint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const FALLBACK = 'file';

/** The name of an uploaded file as others may see it: no path, nothing invisible, at most `LIMITS.fileNameLength` characters. */
export function safeFileName(given: string | undefined): string {
  const name = (given ?? '')
    .toWellFormed()
    .replace(INVISIBLE, '')
    .replace(/^.*[/\\]/, '')
    .trim();
  return /^\.*$/.test(name) ? FALLBACK : shortened(name);
}

/** The end of a name says what it is, so the middle goes. */
function shortened(name: string): string {
  if (name.length <= LIMITS.fileNameLength) return name;
  const [ending = ''] = /\.[^.]{1,16}$/.exec(name) ?? [];
  return `${name.slice(0, LIMITS.fileNameLength - ending.length).toWellFormed()}${ending}`.replaceAll('\ufffd', '');
}
