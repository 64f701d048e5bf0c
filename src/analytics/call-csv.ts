import type { CallParticipation, QualitySample } from '@minimeet/protocol';

const HEADER = [
  'time (UTC)',
  'participant id',
  'name',
  'client',
  'network path',
  'direction',
  'loss (%)',
  'jitter (ms)',
  'round trip (ms)',
  'bitrate (bit/s)',
  'frozen (ms)',
  'quality',
];

/** A cell that begins so is a formula to a spreadsheet; a name must not run one (OWASP, “CSV injection”). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * All samples of a call as CSV (RFC 4180, UTF-8): a header, and then a row a sample, person after person.
 * Gives pieces of text of many lines each.
 */
export async function* csvOf(
  stays: CallParticipation[],
  pagesOf: (stay: CallParticipation) => AsyncIterable<QualitySample[]>,
): AsyncGenerator<string> {
  yield lineOf(HEADER);
  for (const stay of stays) {
    const whose = [stay.id, text(stay.displayName), text(stay.client), stay.networkPath];
    for await (const page of pagesOf(stay)) yield page.map((sample) => lineOf(cellsOf(sample, whose))).join('');
  }
}

type Cell = string | number | null;

function cellsOf(sample: QualitySample, whose: Cell[]): Cell[] {
  return [
    sample.at,
    ...whose,
    sample.direction,
    sample.lossRatio === null ? null : rounded(sample.lossRatio * 100, 2),
    rounded(sample.jitterMs, 1),
    rounded(sample.roundTripTimeMs, 1),
    sample.bitrateBps,
    sample.frozenMs,
    sample.quality,
  ];
}

function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Number(value.toFixed(digits));
}

/** Quotes text that somebody typed, so that no spreadsheet runs it. */
function text(value: string | null): string | null {
  return value !== null && FORMULA.test(value) ? `'${value}` : value;
}

function lineOf(cells: Cell[]): string {
  return `${cells.map(fieldOf).join(',')}\r\n`;
}

function fieldOf(cell: Cell): string {
  const field = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
