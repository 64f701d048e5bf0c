/** A piece of a text, and whether the search found it. */
export interface Piece {
  text: string;
  found: boolean;
}

export interface Range {
  start: number;
  end: number;
}

/** Before the first find this much is shown, so that one sees it without reading a long message. */
const BEFORE = 60;
const LENGTH = 320;

/**
 * The part of a text in which something was found, in pieces.
 * @param ranges in UTF-16 code units, from the left, without overlap.
 */
export function snippetOf(text: string, ranges: readonly Range[]): Piece[] {
  const first = ranges[0]?.start ?? 0;
  const from = text.length <= LENGTH || first <= BEFORE ? 0 : startOfWord(text, first - BEFORE);
  const to = Math.max(Math.min(text.length, from + LENGTH), ranges[0]?.end ?? 0);
  const pieces: Piece[] = [];
  const add = (piece: string, found: boolean) => {
    if (piece !== '') pieces.push({ text: piece, found });
  };
  if (from > 0) add('…', false);
  let at = from;
  for (const { start, end } of ranges) {
    if (start >= to) break;
    add(text.slice(at, start), false);
    add(text.slice(start, Math.min(end, to)), true);
    at = Math.min(end, to);
  }
  add(text.slice(at, to), false);
  if (to < text.length) add('…', false);
  return pieces;
}

/** The next word at or after a place: a snippet that begins in the middle of one, or of an emoji, looks broken. */
function startOfWord(text: string, at: number): number {
  const space = text.slice(at, at + BEFORE).search(/\s/);
  if (space >= 0) return at + space + 1;
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}
