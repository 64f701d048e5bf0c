import type { Options } from 'react-markdown';

type RemarkPlugin = Extract<NonNullable<Options['remarkPlugins']>[number], (...settings: never[]) => unknown>;

/**
 * The parts of Markdown that a chat lacks: they would change or hide what somebody wrote without meaning it, such as
 * the number of “1. first”, or are links and pictures whose text says something else than where they lead.
 */
const SWITCHED_OFF = [
  'blockQuote',
  'characterEscape',
  'characterReference',
  'codeIndented',
  'definition',
  'gfmFootnoteCall',
  'gfmFootnoteDefinition',
  'gfmPotentialFootnoteCall',
  'hardBreakEscape',
  'headingAtx',
  'htmlFlow',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
  'list',
  'setextUnderline',
  'strikethrough',
  'table',
  'tasklistCheck',
  'thematicBreak',
];

/**
 * Leaves bold, italic, code, lines of code and web addresses. It comes before remark-gfm, which adds to the same list
 * of extensions.
 */
export const lightMarkdown: RemarkPlugin = function () {
  Object.assign(this.data(), { micromarkExtensions: [{ disable: { null: SWITCHED_OFF } }] });
};

/** @returns the address, when a person may be led there from a chat. */
export function safeUrl(url: string): string | null {
  return /^(https?|mailto):/i.test(url) ? url : null;
}
