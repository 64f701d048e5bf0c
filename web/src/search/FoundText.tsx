import type { SearchHit } from '@minimeet/protocol';
import { snippetOf } from './snippet.js';

type FoundTextProps = Pick<SearchHit, 'highlights'> & { text: string };

/** The part of a text in which something was found, with that marked. */
export function FoundText({ text, highlights }: FoundTextProps) {
  return snippetOf(text, highlights).map((piece, place) =>
    piece.found ? <mark key={place}>{piece.text}</mark> : <span key={place}>{piece.text}</span>,
  );
}
