import { LIMITS, type MessageContent, type TextContent } from '@minimeet/protocol';
import { AppError } from '../common/errors/index.js';
import { isPlainText } from '../common/validation/index.js';

/** The content of a deleted message. */
export const NOTHING: TextContent = { type: 'text', text: '' };

/** Text that stands alone. @throws AppError INVALID_PAYLOAD that names `field` */
export function checkedText(text: string, field: string): string {
  if (text.trim() === '') throw invalidText(field);
  return checkedCaption(text, field);
}

/** Text beside something else, which may be empty. @throws AppError INVALID_PAYLOAD that names `field` */
export function checkedCaption(text: string, field: string): string {
  if (text.length > LIMITS.messageLength || !isPlainText(text)) throw invalidText(field);
  return text;
}

/** The text that a search looks through; `null` when there is none. */
export function searchTextOf(content: MessageContent): string | null {
  switch (content.type) {
    case 'text':
      return content.text === '' ? null : content.text;
    case 'image':
    case 'video':
    case 'file':
      return `${content.text} ${content.attachment.fileName}`.trimStart();
    case 'system':
      return null;
  }
}

/** The words of an answered message that its reply shows. */
export function quoteOf(content: MessageContent): string {
  switch (content.type) {
    case 'text':
      return shortened(content.text);
    case 'image':
    case 'video':
    case 'file':
      return shortened(content.text || content.attachment.fileName);
    case 'system':
      return '';
  }
}

/** Ends before a character that would be cut in half. */
function shortened(text: string): string {
  const short = text.slice(0, LIMITS.quoteLength);
  return short.isWellFormed() ? short : short.slice(0, -1);
}

function invalidText(field: string): AppError {
  const sentence = `A message is 1 to ${LIMITS.messageLength} characters of text, not only white space.`;
  return new AppError('INVALID_PAYLOAD', sentence, { details: { [field]: [sentence] } });
}
