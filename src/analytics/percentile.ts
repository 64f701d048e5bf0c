/** How often a value was seen. */
export type Histogram = Map<number, number>;

export function addTo(histogram: Histogram, value: number, count: number): void {
  histogram.set(value, (histogram.get(value) ?? 0) + count);
}

/** The nearest-rank percentile: the least value that a `share` (0..1) of all does not exceed; `null` without values. */
export function percentile(histogram: Histogram, share: number): number | null {
  const total = [...histogram.values()].reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [value, count] of [...histogram].sort(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= share * total) return value;
  }
  return null;
}
