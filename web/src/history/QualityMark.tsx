import type { Quality } from '@minimeet/protocol';
import { classNames } from '../ui/class-names.js';
import { severityOf } from './model.js';
import { useTranslation } from 'react-i18next';
import './QualityMark.css';

/** A quality in a word, with a bar that is higher for a worse one: the colour says nothing that the rest does not. */
export function QualityMark({ quality, detail }: { quality: Quality | null; detail?: string }) {
  const { t } = useTranslation('history');
  return (
    <span className={classNames('quality-mark', !quality && 'quality-mark--none')}>
      {quality && <QualitySwatch quality={quality} />}
      {t(`quality.${quality ?? 'none'}`)}
      {detail && ` ${detail}`}
    </span>
  );
}

export function QualitySwatch({ quality }: { quality: Quality }) {
  const height = bandHeight(quality, 14);
  return (
    <svg className="quality-swatch" width="14" height="14" aria-hidden="true">
      <rect className="quality-swatch__ground" width="14" height="14" rx="3" />
      <rect className="quality-fill" data-quality={quality} y={14 - height} width="14" height={height} rx="3" />
    </svg>
  );
}

/** How much of a band a quality fills: a quarter for good, all of it for bad. */
export function bandHeight(quality: Quality, height: number): number {
  return Math.round((height * (severityOf(quality) + 1)) / 4);
}
