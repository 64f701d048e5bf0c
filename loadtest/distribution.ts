/** A summary of measured values; `null` where there were none. Made by `DistributionBuilder`. */
export interface Distribution {
  count: number;
  min: number | null;
  mean: number | null;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  max: number | null;
}

/** A `DistributionBuilder` on its way between two processes. */
export interface DistributionJson {
  count: number;
  /** Values too small for a bucket. */
  zeros: number;
  min: number | null;
  mean: number;
  max: number | null;
  /** [index, count]: `count` values lie between GROWTH^(index - 1) and GROWTH^index. */
  buckets: [index: number, count: number][];
}

/** Half a percent either side of a bucket's middle: inside the promised 1 %, with room for rounding. */
const RELATIVE_ERROR = 0.005;
const LOG_GROWTH = Math.log((1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR));
/** Far below what any clock or counter here can tell from nothing, whatever the unit. */
const SMALLEST = 1e-9;

/**
 * Quantiles of any number of values in little memory: a histogram whose buckets grow by a constant factor (DDSketch,
 * Masson et al., VLDB 2019). Every quantile is within 1 % of the exact one, and several processes' histograms add up
 * without loss. `count`, `min` and `max` are exact, `mean` up to rounding.
 */
export class DistributionBuilder {
  #count = 0;
  #zeros = 0;
  #min = Infinity;
  #max = 0;
  /** Kept as a running mean, because a sum of huge values overflows. */
  #mean = 0;
  readonly #buckets = new Map<number, number>();

  static fromJSON(json: DistributionJson): DistributionBuilder {
    return new DistributionBuilder().merge(json);
  }

  /** @param value finite and not negative. @throws RangeError otherwise. */
  add(value: number): this {
    if (!(value >= 0 && value < Infinity)) throw new RangeError(`A distribution takes no ${value}.`);
    this.#count += 1;
    this.#mean += (value - this.#mean) / this.#count;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    if (value < SMALLEST) this.#zeros += 1;
    else this.#addToBucket(Math.ceil(Math.log(value) / LOG_GROWTH), 1);
    return this;
  }

  /** Takes in the values of another one, which stays as it is. */
  merge(other: DistributionBuilder | DistributionJson): this {
    const { count, zeros, min, mean, max, buckets } = other instanceof DistributionBuilder ? other.toJSON() : other;
    if (count === 0) return this;
    this.#count += count;
    this.#mean += (mean - this.#mean) * (count / this.#count);
    this.#zeros += zeros;
    this.#min = Math.min(this.#min, min ?? Infinity);
    this.#max = Math.max(this.#max, max ?? 0);
    for (const [index, inBucket] of buckets) this.#addToBucket(index, inBucket);
    return this;
  }

  toJSON(): DistributionJson {
    return {
      count: this.#count,
      zeros: this.#zeros,
      min: this.#count === 0 ? null : this.#min,
      mean: this.#mean,
      max: this.#count === 0 ? null : this.#max,
      buckets: [...this.#buckets].sort(([a], [b]) => a - b),
    };
  }

  summary(): Distribution {
    if (this.#count === 0) return { count: 0, min: null, mean: null, p50: null, p95: null, p99: null, max: null };
    const [p50, p95, p99] = this.#quantiles([0.5, 0.95, 0.99]);
    return {
      count: this.#count,
      min: this.#min,
      mean: this.#mean,
      p50: p50 ?? null,
      p95: p95 ?? null,
      p99: p99 ?? null,
      max: this.#max,
    };
  }

  /** The values below which these shares lie (nearest rank). @param shares ascending, of at least one value. */
  #quantiles(shares: readonly number[]): number[] {
    const found: number[] = [];
    let below = this.#zeros;
    let value = 0;
    const buckets = [...this.#buckets].sort(([a], [b]) => a - b).values();
    for (const share of shares) {
      const rank = Math.max(1, Math.ceil(share * this.#count));
      while (below < rank) {
        const next = buckets.next();
        if (next.done) break;
        const [index, inBucket] = next.value;
        below += inBucket;
        value = middleOf(index);
      }
      // The ends are known exactly, and the middle of the last bucket may lie beyond the largest number.
      found.push(Math.min(Math.max(value, this.#min), this.#max));
    }
    return found;
  }

  #addToBucket(index: number, count: number): void {
    this.#buckets.set(index, (this.#buckets.get(index) ?? 0) + count);
  }
}

/** The value whose relative distance to both ends of a bucket is the same. */
function middleOf(index: number): number {
  return Math.exp(index * LOG_GROWTH) * (1 - RELATIVE_ERROR);
}
