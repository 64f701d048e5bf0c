import { LogOut, Stethoscope, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n/i18n.js';
import { languageOf, LANGUAGES, type Language } from '../i18n/languages.js';
import { signOut, useAccount } from '../session/session.js';
import { THEMES, useTheme } from '../theme/theme.js';
import { Avatar } from '../ui/Avatar.js';
import { Menu, MenuChoices, MenuItem, MenuLine, MenuLink } from '../ui/Menu.js';
import './AccountMenu.css';

const LANGUAGE_CHOICES = (Object.keys(LANGUAGES) as Language[]).map((value) => ({
  value,
  label: LANGUAGES[value],
  lang: value,
}));

export function AccountMenu() {
  const { t, i18n } = useTranslation();
  const [theme, chooseTheme] = useTheme();
  const account = useAccount();
  if (!account) return null;
  return (
    <Menu
      trigger={
        <button type="button" className="account-menu" aria-label={t('account')}>
          <Avatar name={account.displayName} size={36} picture={account.pictureUrl} />
        </button>
      }
    >
      <div className="account-menu__who">
        <p className="account-menu__name">{account.displayName}</p>
        <p className="account-menu__email">{account.email}</p>
      </div>
      <MenuLine />
      <MenuLink icon={<UserRound size={18} aria-hidden="true" />} to="/account">
        {t('profile')}
      </MenuLink>
      <MenuLink icon={<Stethoscope size={18} aria-hidden="true" />} to="/check">
        {t('check')}
      </MenuLink>
      <MenuLine />
      <MenuChoices
        label={t('theme.label')}
        value={theme}
        choices={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChange={chooseTheme}
      />
      <MenuLine />
      <MenuChoices
        label={t('language')}
        value={languageOf(i18n.language)}
        choices={LANGUAGE_CHOICES}
        onChange={(language) => void chooseLanguage(language)}
      />
      <MenuLine />
      <MenuItem icon={<LogOut size={18} aria-hidden="true" />} onSelect={() => void signOut()}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  );
}
