import type { ReactNode } from 'react';
import { Logo } from '../ui/Logo.js';
import './MessagePage.css';

interface MessagePageProps {
  title: string;
  text: string;
  /** Buttons and links for the next step. */
  children?: ReactNode;
}

/** A whole page that says one thing: not found, left, removed, ended. */
export function MessagePage({ title, text, children }: MessagePageProps) {
  return (
    <main className="message-page">
      <header className="message-page__header">
        <Logo />
      </header>
      <section className="message-page__body">
        <h1>{title}</h1>
        <p className="message-page__text">{text}</p>
        {children && <div className="message-page__actions">{children}</div>}
      </section>
    </main>
  );
}
