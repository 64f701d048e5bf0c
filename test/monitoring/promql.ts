/** Words of PromQL that are neither functions nor metrics. */
const KEYWORDS = new Set(['and', 'or', 'unless', 'offset', 'bool', 'atan2', 'inf', 'nan']);

/** The metrics (and recorded rules) that a PromQL expression reads. */
export function metricsOf(promql: string): string[] {
  const bare = promql
    .replace(/"(?:[^"\\]|\\.)*"/g, '')
    .replace(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
    .replace(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
  const words = bare.matchAll(/(?<![\w.])[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g);
  return [...new Set([...words].map(([word]) => word))].filter((word) => !KEYWORDS.has(word.toLowerCase()));
}

/** The series that a target's text format (Prometheus or OpenMetrics) can have, by its `# TYPE` lines. */
export function seriesOf(exposition: string): Set<string> {
  const names = new Set<string>();
  for (const [, name = '', type] of exposition.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    names.add(name);
    if (type === 'histogram' || type === 'summary') for (const end of ['_sum', '_count']) names.add(`${name}${end}`);
    if (type === 'histogram') names.add(`${name}_bucket`);
    // OpenMetrics names the family; its samples have the ending.
    if (type === 'counter' && !name.endsWith('_total')) names.add(`${name}_total`);
  }
  return names;
}

/** Of the metrics that the expressions read, those that nobody offers. */
export function unknownMetrics(expressions: Iterable<string>, known: ReadonlySet<string>): string[] {
  const read = new Set([...expressions].flatMap(metricsOf));
  return [...read].filter((name) => !known.has(name));
}
