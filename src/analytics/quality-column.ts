import { QUALITIES, type Quality } from '@minimeet/protocol';
import { Column, type ColumnOptions } from 'typeorm';

/** A quality as its place in `QUALITIES`, 0 (good) to 3 (bad), so that the worst of several is their maximum. */
export const QualityColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'integer', transformer: { to: numberOf, from: qualityFrom }, ...options });

/** `null`, as a column that is empty, stays `null`; `undefined`, as a column that is not written, stays so. */
function numberOf(quality: Quality | null | undefined): number | null | undefined {
  return typeof quality === 'string' ? QUALITIES.indexOf(quality) : quality;
}

/** @returns the quality of a number that a query gives, which some databases give as text. */
export function qualityFrom(stored: number | string): Quality;
export function qualityFrom(stored: number | string | null): Quality | null;
export function qualityFrom(stored: number | string | null): Quality | null {
  return stored === null ? null : (QUALITIES[Number(stored)] ?? 'bad');
}
