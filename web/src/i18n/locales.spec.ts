import { readdirSync, readFileSync } from 'node:fs';
import { bestLanguage, LANGUAGES } from './languages.js';

const FOLDER = new URL('./locales/', import.meta.url);
/** The endings of i18next's plural keys: the categories of the CLDR. */
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Texts = { [key: string]: string | Texts };

function textsOf(language: string, file: string): Map<string, string> {
  const flat = new Map<string, string>();
  const walk = (texts: Texts, prefix: string) => {
    for (const [key, value] of Object.entries(texts)) {
      if (typeof value === 'string') flat.set(prefix + key, value);
      else walk(value, `${prefix}${key}.`);
    }
  };
  walk(JSON.parse(readFileSync(new URL(`${language}/${file}`, FOLDER), 'utf8')) as Texts, '');
  return flat;
}

const baseKeys = (texts: Map<string, string>) => new Set([...texts.keys()].map((key) => key.replace(PLURAL, '')));
const placeholders = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name).sort();

describe.each(Object.keys(LANGUAGES))('the texts in %s', (language) => {
  it('are in the same files as in English', () => {
    expect(readdirSync(new URL(`${language}/`, FOLDER)).sort()).toEqual(readdirSync(new URL('en/', FOLDER)).sort());
  });

  it.each(readdirSync(new URL('en/', FOLDER)))('have the keys of English, with all plural forms: %s', (file) => {
    const english = textsOf('en', file);
    const texts = textsOf(language, file);
    expect([...baseKeys(texts)].sort()).toEqual([...baseKeys(english)].sort());
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const plurals = new Set(
      [...english.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')),
    );
    for (const key of plurals) {
      expect({ key, missing: categories.filter((category) => !texts.has(`${key}_${category}`)) }).toEqual({
        key,
        missing: [],
      });
    }
  });

  it.each(readdirSync(new URL('en/', FOLDER)))('fill in what English fills in, and are not empty: %s', (file) => {
    const english = textsOf('en', file);
    for (const [key, text] of textsOf(language, file)) {
      expect(text.trim()).not.toBe('');
      const original = english.get(key);
      if (original !== undefined && !PLURAL.test(key)) {
        expect({ key, names: placeholders(text) }).toEqual({ key, names: placeholders(original) });
      }
    }
  });
});

describe('the language of the page', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['fr', 'pl-PL', 'en'], 'pl'],
    [['ja'], 'en'],
    [[], 'en'],
  ])('for somebody who reads %j is %s', (wanted, language) => {
    expect(bestLanguage(wanted)).toBe(language);
  });
});
