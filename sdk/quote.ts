import { LIMITS, type ChatMessage, type QuotedMessage } from '@minimeet/protocol';

/** What an answer to a message shows of it, as the server would say. */
export function quoteOf({ id, sequence, senderName, content }: ChatMessage): QuotedMessage {
  return { id, sequence, senderName, text: shortened(wordsOf(content)) };
}

/** @returns the message with what it quotes of `changed` as that is now; itself when it quotes something else, or the same. */
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
