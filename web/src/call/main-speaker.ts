/**
 * Chooses the person to show large: the last who spoke. That person stays while speaking, so that a word thrown in
 * moves nothing.
 * @param others everybody but oneself, the longest-present first.
 * @param speakers loudest first.
 * @returns `null` when nobody else is there.
 */
export function mainSpeaker(
  previous: string | null,
  others: readonly string[],
  speakers: readonly string[],
): string | null {
  const stays = previous !== null && others.includes(previous);
  if (stays && speakers.includes(previous)) return previous;
  const next = speakers.find((speaker) => others.includes(speaker));
  return next ?? (stays ? previous : (others[0] ?? null));
}
