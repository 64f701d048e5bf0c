import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Dates, times and numbers as one language writes them. Times are of the person's own clock. */
export type Format = ReturnType<typeof formatFor>;

type Time = number | string | Date;

const made = new Map<string, Format>();

/** In the language of the page. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => formatIn(i18n.language), [i18n.language]);
}

/** @param language of the page; dates follow a region of it that the person's browser knows (`en-GB`). */
export function formatIn(language: string): Format {
  const locale = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
  let format = made.get(locale);
  if (!format) made.set(locale, (format = formatFor(locale)));
  return format;
}

/** @param locale an RFC 5646 tag. */
export function formatFor(locale: string) {
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const seconds = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const weekday = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const tenthPercent = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const unit = (unitName: string, value: number, digits = 0) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: unitName,
      unitDisplay: 'short',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);

  return {
    locale,
    /** `14:05` */
    time: (at: Time) => time.format(new Date(at)),
    /** `14:05:09` */
    timeWithSeconds: (at: Time) => seconds.format(new Date(at)),
    /** `Today`, `Yesterday`, `Thu, 26 Nov 2026` */
    day: (at: Time) => {
      const daysAgo = daysBetween(new Date(at), new Date());
      return daysAgo === 0 || daysAgo === 1
        ? upperFirst(relative.format(-daysAgo, 'day'), locale)
        : weekday.format(new Date(at));
    },
    /** `26 Nov 2026` */
    date: (at: Time) => shortDay.format(new Date(at)),
    /** `in 3 days`, `2 hours ago`, `now` */
    ago: (at: Time) => {
      const diffSeconds = (new Date(at).getTime() - Date.now()) / 1000;
      const [value, name] = largestUnit(diffSeconds);
      return relative.format(value, name);
    },
    integer: (value: number) => integer.format(value),
    tenth: (value: number) => tenth.format(value),
    /** @param ratio 0..1; small ones with one digit more. */
    percent: (ratio: number) => (ratio > 0 && ratio < 0.0995 ? tenthPercent : percent).format(ratio),
    /** `8 sec`, `4 min`, `1 hr 5 min`: as exact as one wants to read it. */
    duration: (ms: number) => {
      const wholeSeconds = Math.round(ms / 1_000);
      if (wholeSeconds < 60) return unit('second', wholeSeconds);
      const minutes = Math.round(wholeSeconds / 60);
      if (minutes < 60) return unit('minute', minutes);
      const rest = minutes % 60;
      const hours = unit('hour', Math.floor(minutes / 60));
      return rest === 0 ? hours : `${hours} ${unit('minute', rest)}`;
    },
    /** A wait: `20 ms`, `0.4 s`. The symbols are the same in every language, and a sentence may end with them. */
    wait: (ms: number) => (ms < 100 ? `${integer.format(ms)}\u00a0ms` : `${tenth.format(ms / 1_000)}\u00a0s`),
    /** `512 byte`, `4 kB`, `1.3 MB` (of 1000). */
    bytes: (value: number) => {
      if (value < 1_000) return unit('byte', value);
      if (value < 999_500) return unit('kilobyte', value / 1_000);
      return value < 999_950_000 ? unit('megabyte', value / 1_000_000, 1) : unit('gigabyte', value / 1_000_000_000, 1);
    },
    milliseconds: (ms: number) => unit('millisecond', ms),
    /** `120 kbit/s`, `1.5 Mbit/s` */
    bitrate: (bps: number) =>
      bps < 999_500 ? `${integer.format(bps / 1_000)} kbit/s` : `${tenth.format(bps / 1_000_000)} Mbit/s`,
  };
}

export function upperFirst(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/** By the calendar: from 23:59 to 0:01 it is one day. */
function daysBetween(from: Date, to: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (midnight(to) - midnight(from)) / 86_400_000;
}

function largestUnit(seconds: number): [number, Intl.RelativeTimeFormatUnit] {
  const size = Math.abs(seconds);
  if (size < 60) return [0, 'second'];
  if (size < 3_570) return [Math.round(seconds / 60), 'minute'];
  if (size < 84_600) return [Math.round(seconds / 3_600), 'hour'];
  return [Math.round(seconds / 86_400), 'day'];
}
