import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n/i18n.js';
import { isLanguage, languageOf, LANGUAGES } from '../i18n/languages.js';
import './LanguageSelect.css';

/** The browser's own list: it is on the first screen, which has to be there at once. */
export function LanguageSelect() {
  const { t, i18n } = useTranslation();
  return (
    <select
      className="language-select"
      aria-label={t('language')}
      value={languageOf(i18n.language)}
      onChange={({ target }) => isLanguage(target.value) && void chooseLanguage(target.value)}
    >
      {Object.entries(LANGUAGES).map(([tag, name]) => (
        <option key={tag} value={tag} lang={tag}>
          {name}
        </option>
      ))}
    </select>
  );
}
