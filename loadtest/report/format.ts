import type { RuleResult } from '../run-result.js';

/** Stands where nothing was measured. */
const UNMEASURED = '–';

/** 7.31 ms, 21.4 ms, 1.25 s */
export const milliseconds = measured((ms) => (ms >= 1000 ? `${significant(ms / 1000)} s` : `${significant(ms)} ms`));

/** A share of one: 0.167 %, 62.5 % */
export const percent = measured((ratio) => `${significant(ratio * 100)} %`);

/** 222 Mbps */
export const bitrate = measured((bps) => {
  if (bps >= 1e9) return `${significant(bps / 1e9)} Gbps`;
  return bps >= 1e6 ? `${significant(bps / 1e6)} Mbps` : `${significant(bps / 1e3)} kbps`;
});

export const bytes = measured((value) =>
  value >= 2 ** 30 ? `${significant(value / 2 ** 30)} GiB` : `${significant(value / 2 ** 20)} MiB`,
);

export const microseconds = measured((us) => `${significant(us)} µs`);

/** 2,155,140 */
export const count = measured((value) => Math.round(value).toLocaleString('en-US'));

/** 1:05, 2:00:00 */
export const clock = measured((seconds) => {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
});

/** 1 room, 2 rooms */
export function several(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** The finding of a rule: 213 ms, or that nothing was measured. */
export function actualOf({ actual, limit, unit }: RuleResult): string {
  if (actual === null) return 'not measured';
  const short = significant(actual);
  // A value just beyond the limit must not look as if it were on it.
  const value = short === significant(limit) && actual !== limit ? String(Number(actual.toPrecision(7))) : short;
  return `${value} ${unit === 'us' ? 'µs' : unit}`.trimEnd();
}

/** Three digits, or the whole number if that has more. */
function significant(value: number): string {
  if (Math.abs(value) >= 100) return count(value);
  // Below a thousandth of the unit, nothing here is precise.
  if (value !== 0 && Math.abs(value) < 0.001) return '<0.001';
  return String(Number(value.toPrecision(3)));
}

function measured(format: (value: number) => string): (value: number | null) => string {
  return (value) => (value === null ? UNMEASURED : format(value));
}
