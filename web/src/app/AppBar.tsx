import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAccount } from '../session/session.js';
import { Logo } from '../ui/Logo.js';
import { AccountMenu } from './AccountMenu.js';
import './AppBar.css';

/** The bar above everything outside of a call. A guest has no rooms to search and no account to look at. */
export function AppBar() {
  const { t } = useTranslation();
  const account = useAccount();
  return (
    <header className="app-bar">
      <Link className="app-bar__home" to="/" aria-label={t('home')}>
        <Logo />
      </Link>
      {account && (
        <nav className="app-bar__nav" aria-label={t('navigation')}>
          <Link className="button button--quiet button--medium app-bar__search" to="/search" aria-label={t('search')}>
            <Search size={19} aria-hidden="true" />
            <span className="app-bar__word">{t('search')}</span>
          </Link>
          <AccountMenu />
        </nav>
      )}
    </header>
  );
}
