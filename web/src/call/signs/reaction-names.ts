import type { CallReaction } from '@minimeet/protocol';

/** The key of each one's words in `call:reactions.names`. */
export const REACTION_NAMES = {
  '👍': 'thumbsUp',
  '❤️': 'heart',
  '😂': 'laughing',
  '😮': 'surprised',
  '🎉': 'celebration',
  '👏': 'applause',
} as const satisfies Record<CallReaction, string>;
