/** What a set of measured values looks like; `null` where there were none. Made by `DistributionBuilder`. */
export interface Distribution {
  count: number;
  min: number | null;
  mean: number | null;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  max: number | null;
}
