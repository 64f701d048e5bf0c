import { Counter, Gauge, Histogram, type Metric, Registry } from 'prom-client';

/** The values of a label, or a few words about them where they are not known ahead (and are few all the same). */
type LabelValues = readonly string[] | string;

/** Everything about a metric that is worth knowing; docs/METRICS.md is made of it. */
export interface Definition<Label extends string> {
  name: `minimeet_${string}`;
  /** One sentence, for the exposition and the documents. */
  help: string;
  /** A base unit (seconds, bytes, ratio) or what is counted. */
  unit: string;
  labels?: Record<Label, LabelValues>;
  /** The thing to look at or do when it is not as it should be. */
  advice: string;
}

interface HistogramDefinition<Label extends string> extends Definition<Label> {
  /** Upper bounds, ascending; `+Inf` comes by itself. */
  buckets: number[];
}

export interface MetricDescription {
  name: string;
  type: 'gauge' | 'counter' | 'histogram' | 'summary';
  help: string;
  unit: string;
  labels: Record<string, LabelValues>;
  advice: string;
  buckets: readonly number[];
}

/** A metric that a collector sets. */
export type Collected = Pick<Metric, 'reset'>;

type Values = Awaited<ReturnType<Metric['get']>>['values'];

/** A metric with its values. */
export interface Family {
  name: string;
  help: string;
  type: string;
  values: Values;
}

interface Collector {
  metrics: Collected[];
  collect: () => void;
}

/** Series of a counter that start at 0 instead of being absent: a rule can then see the first one counted. */
const MAX_STARTED_SERIES = 64;

/** All metrics of ours, each defined once, and the collectors that a scrape runs. */
export class MetricRegistry {
  readonly registry = new Registry();
  readonly descriptions: MetricDescription[] = [];
  private readonly names = new Map<Collected, string>();
  private readonly collectors: Collector[] = [];
  private readonly failures = this.counter({
    name: 'minimeet_collector_failures_total',
    help: 'Groups of metrics that were missing in a scrape since they could not be read; the other metrics were there.',
    unit: 'groups',
    advice: 'Any after the start: the log names the metrics and the reason.',
  });

  gauge<Label extends string = never>(definition: Definition<Label>): Gauge<Label> {
    return this.named(definition, new Gauge<Label>(this.describe('gauge', definition)));
  }

  /** Quantiles over a sliding time, in the label `quantile`: a summary without sum and count, set and not observed. */
  quantiles(definition: Definition<'quantile'>): Gauge<'quantile'> {
    return this.named(definition, new Gauge(this.describe('summary', definition)));
  }

  counter<Label extends string = never>(definition: Definition<Label>): Counter<Label> {
    const counter = this.named(definition, new Counter<Label>(this.describe('counter', definition)));
    const series = combinations(definition.labels ?? {});
    if (series.length <= MAX_STARTED_SERIES) {
      for (const labels of series) counter.inc(labels as Partial<Record<Label, string>>, 0);
    }
    return counter;
  }

  histogram<Label extends string = never>(definition: HistogramDefinition<Label>): Histogram<Label> {
    const { buckets } = definition;
    return new Histogram<Label>({ ...this.describe('histogram', definition, buckets), buckets });
  }

  /**
   * `collect` is called at each scrape, sets the metrics named here anew, and waits for nothing. When it throws, these
   * metrics are missing in that scrape.
   */
  collect(metrics: Collected[], collect: () => void): void {
    this.collectors.push({ metrics, collect });
  }

  /** Reads every metric with its values now. A metric that fails is missing, and `onFailure` is told. */
  async read(onFailure: (names: string[], error: unknown) => void): Promise<Family[]> {
    const missing = this.runCollectors(onFailure);
    const families: Family[] = [];
    for (const { name } of this.registry.getMetricsAsArray()) {
      if (missing.has(name)) continue;
      try {
        const family = await this.registry.getSingleMetric(name)?.get();
        // prom-client's declaration says that the type is a number; it is a word.
        if (family) families.push({ ...family, type: this.typeOf(name) ?? String(family.type) });
      } catch (error) {
        this.failures.inc();
        onFailure([name], error);
      }
    }
    return families;
  }

  private runCollectors(onFailure: (names: string[], error: unknown) => void): Set<string> {
    const missing = new Set<string>();
    for (const { metrics, collect } of this.collectors) {
      try {
        for (const metric of metrics) metric.reset();
        collect();
      } catch (error) {
        const names = metrics.map((metric) => this.names.get(metric) ?? '');
        for (const name of names) missing.add(name);
        this.failures.inc();
        onFailure(names, error);
      }
    }
    return missing;
  }

  private typeOf(name: string): MetricDescription['type'] | undefined {
    return this.descriptions.find((description) => description.name === name)?.type;
  }

  private named<Kind extends Collected>({ name }: { name: string }, metric: Kind): Kind {
    this.names.set(metric, name);
    return metric;
  }

  private describe<Label extends string>(
    type: MetricDescription['type'],
    { name, help, unit, labels, advice }: Definition<Label>,
    buckets: readonly number[] = [],
  ): { name: string; help: string; labelNames: Label[]; registers: Registry[] } {
    this.descriptions.push({ name, type, help, unit, labels: labels ?? {}, advice, buckets });
    return { name, help, labelNames: Object.keys(labels ?? {}) as Label[], registers: [this.registry] };
  }
}

/**
 * All series of labels with known values; none with an unknown one or without labels (that series starts by itself).
 */
function combinations(labels: Record<string, LabelValues>): Record<string, string>[] {
  const entries = Object.entries(labels);
  if (entries.length === 0) return [];
  return entries.reduce<Record<string, string>[]>(
    (known, [name, values]) =>
      typeof values === 'string'
        ? []
        : known.flatMap((series) => values.map((value) => ({ ...series, [name]: value }))),
    [{}],
  );
}
