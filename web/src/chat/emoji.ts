/** Offered at once, in menus. */
export const QUICK_REACTIONS = ['👍', '❤️', '😂', '😮', '🎉', '🙏'] as const;

/** The picker's, in rows of eight: the usual answers at work, most used first. */
export const REACTIONS = [
  ...['👍', '👎', '❤️', '😂', '😮', '😢', '😡', '🎉'],
  ...['🙏', '👏', '🔥', '🚀', '✅', '❌', '👀', '💯'],
  ...['😀', '😉', '😍', '🤔', '😅', '🙃', '😴', '🤯'],
  ...['👋', '🤝', '💪', '🙌', '☕', '⭐', '⏳', '💡'],
] as const;
export const REACTIONS_A_ROW = 8;
