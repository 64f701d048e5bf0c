import { LIMITS, type ChatMessage, type QuotedMessage } from '@minimeet/protocol';

/** Quotes a message in an answer to it, as the server would. */
export function quoteOf({ id, sequence, senderName, content }: ChatMessage): QuotedMessage {
  return { id, sequence, senderName, text: shortened(wordsOf(content)) };
}

/** @returns the message with its quote of `changed` updated; itself when it quotes something else, or the same. */
export function requoted(message: ChatMessage, changed: ChatMessage): ChatMessage {
  if (message.replyTo?.id !== changed.id) return message;
  const replyTo = quoteOf(changed);
  return replyTo.text === message.replyTo.text ? message : { ...message, replyTo };
}

function wordsOf(content: ChatMessage['content']): string {
  switch (content.type) {
    case 'text':
      return content.text;
    case 'image':
    case 'video':
    case 'file':
      return content.text || content.attachment.fileName;
    case 'system':
      return '';
  }
}

/** Ends before a character that would be cut in half. */
function shortened(text: string): string {
  const short = text.slice(0, LIMITS.quoteLength);
  return /[\uD800-\uDBFF]$/.test(short) ? short.slice(0, -1) : short;
}
