import type { SearchHit } from '@minimeet/protocol';

/** Part of a text that is shown in a list of hits. */
export interface SnippetPart {
  text: string;
  isHit: boolean;
}

/** Characters before the first hit that tell where it stands, and of a snippet in all. */
const BEFORE = 40;
const LENGTH = 200;

/** A piece of the text around its first hit, cut at the hits. */
export function snippetOf(text: string, highlights: SearchHit['highlights']): SnippetPart[] {
  const first = highlights[0]?.start ?? 0;
  const start = first <= BEFORE ? 0 : wordStart(text, first - BEFORE);
  const end = Math.min(text.length, start + LENGTH);
  const parts: SnippetPart[] = [];
  let plain = start;
  const add = (from: number, to: number, isHit: boolean) => {
    if (to > from) parts.push({ text: text.slice(from, to), isHit });
  };
  if (start > 0) parts.push({ text: '…', isHit: false });
  for (const hit of highlights.filter((one) => one.start >= start && one.end <= end)) {
    add(plain, hit.start, false);
    add(hit.start, hit.end, true);
    plain = hit.end;
  }
  add(plain, end, false);
  if (end < text.length) parts.push({ text: '…', isHit: false });
  return parts;
}

/** The beginning of the next word, so that none is cut. */
function wordStart(text: string, from: number): number {
  const space = text.indexOf(' ', from);
  return space < 0 || space > from + BEFORE / 2 ? from : space + 1;
}
