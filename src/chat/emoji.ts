import { LIMITS } from '@minimeet/protocol';
import emojiRegex from 'emoji-regex';

const ONE_EMOJI = new RegExp(`^(?:${emojiRegex().source})$`, emojiRegex().flags.replace('g', ''));

/** Whether it is one emoji and nothing else, in however many code points (Unicode Technical Standard 51). */
export function isOneEmoji(text: string): boolean {
  return text.length <= LIMITS.reactionLength && ONE_EMOJI.test(text);
}
