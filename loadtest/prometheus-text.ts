/** One line of Prometheus' text format. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*?)\})? (\S+)(?: .*)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/**
 * Reads the samples of a page in Prometheus' text format 0.0.4 or OpenMetrics 1.0, without time stamps and exemplars.
 * Lines that are no samples are left out. It is written by hand because no package that reads it is maintained.
 */
export function parsePrometheusText(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = LINE.exec(line.trimEnd()) ?? [];
    const number = numberOf(value);
    if (name === undefined || number === undefined) return [];
    return [{ name, labels: labelsOf(labels), value: number }];
  });
}

function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries(Array.from(text.matchAll(LABEL), ([, name = '', value = '']) => [name, unescape(value)]));
}

function unescape(value: string): string {
  return value.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const infinite = /^([+-]?)Inf$/.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  if (text === 'NaN') return NaN;
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
}
