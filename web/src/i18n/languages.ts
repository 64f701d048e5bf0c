/** The page's languages, each by its own name (RFC 5646 tags). */
export const LANGUAGES = { en: 'English', de: 'Deutsch', pl: 'Polski' } as const;
export type Language = keyof typeof LANGUAGES;

export function isLanguage(tag: unknown): tag is Language {
  return typeof tag === 'string' && Object.hasOwn(LANGUAGES, tag);
}

/** @returns the language of the page that i18next's `language` names. */
export function languageOf(tag: string): Language {
  return bestLanguage([tag]);
}

/** @returns the first of the person's languages that the page speaks; English when it speaks none. */
export function bestLanguage(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}
