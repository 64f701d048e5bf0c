import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { bestLanguage, isLanguage, LANGUAGES, type Language } from './languages.js';

const STORAGE_KEY = 'minimeet.language';

/** One file a language and namespace, fetched when the first component asks for it. */
const files = import.meta.glob<ResourceKey>('./locales/*/*.json', { import: 'default' });

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = files[`./locales/${language}/${namespace}.json`];
    if (!load) return done(new Error(`There are no texts "${namespace}" in "${language}".`), null);
    load().then(
      (texts) => done(null, texts),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    );
  },
};

/** Resolves when the texts that every page needs are here, in the language that was chosen or else the browser's. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => (document.documentElement.lang = language));
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: chosenLanguage() ?? bestLanguage(navigator.languages),
      fallbackLng: 'en',
      supportedLngs: Object.keys(LANGUAGES),
      // The first screen is signing in, or a screen that fetches its texts with its code.
      ns: ['common', 'errors', 'account'],
      defaultNS: 'common',
      // React escapes what it shows.
      interpolation: { escapeValue: false },
    });
}

/** Shows the page in another language, now and the next time. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Without storage it holds until the page is closed.
  }
  await i18next.changeLanguage(language);
}

function chosenLanguage(): Language | undefined {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return isLanguage(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}
