import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSelect } from '../app/LanguageSelect.js';
import { Logo } from '../ui/Logo.js';
import './AccountPage.css';

interface AccountPageProps {
  title: string;
  text: string;
  children: ReactNode;
  footer: ReactNode;
}

/** The frame of sign-in and register: the form on one side, what this is on the other. */
export function AccountPage({ title, text, children, footer }: AccountPageProps) {
  const { t } = useTranslation('account');
  return (
    <div className="account">
      <main className="account__main">
        <header className="account__header">
          <Logo />
          <LanguageSelect />
        </header>
        <div className="account__form">
          <h1 className="account__title">{title}</h1>
          <p className="account__text">{text}</p>
          {children}
          <p className="account__footer">{footer}</p>
        </div>
      </main>
      <aside className="account__aside" aria-hidden="true">
        <MeetingPicture />
        <p className="account__claim">{t('claim')}</p>
      </aside>
    </div>
  );
}

/** Four people of the logo in a call, one of whom speaks. */
function MeetingPicture() {
  return (
    <div className="account__picture">
      {['a', 'b', 'c', 'd'].map((person) => (
        <svg key={person} className={`account__tile account__tile--${person}`} viewBox="0 0 160 110">
          <circle cx="80" cy="46" r="15" />
          <path d="M46 110v-8a34 34 0 0 1 68 0v8z" />
        </svg>
      ))}
    </div>
  );
}
