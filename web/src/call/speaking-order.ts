/**
 * Keeps everybody in their place, and brings a speaker onto the first page: they change places with the last person
 * there who is silent. So tiles move only when somebody would be heard and not seen.
 * @param present everybody now, the longest-present first.
 * @param speakers loudest first.
 * @param firstPage how many people the first page shows.
 */
export function speakingOrder(
  previous: readonly string[],
  present: readonly string[],
  speakers: readonly string[],
  firstPage: number,
): string[] {
  const here = new Set(present);
  const known = new Set(previous);
  const order = [...previous.filter((id) => here.has(id)), ...present.filter((id) => !known.has(id))];
  for (const speaker of speakers.slice(0, firstPage)) {
    const from = order.indexOf(speaker);
    if (from < firstPage) continue;
    const to = order.slice(0, firstPage).findLastIndex((id) => !speakers.includes(id));
    const silent = order[to];
    if (silent === undefined) continue;
    order[to] = speaker;
    order[from] = silent;
  }
  return order;
}
