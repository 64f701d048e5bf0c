import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { AppBar } from '../app/AppBar.js';
import './HistoryFrame.css';

interface HistoryFrameProps {
  back: { to: string; label: string };
  title: ReactNode;
  /** Under the title; keeps its line while it is not known. */
  text?: string;
  /** At the right of the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** The frame of both pages of the history: the list of calls and one call. */
export function HistoryFrame({ back, title, text, action, children }: HistoryFrameProps) {
  return (
    <div className="history">
      <AppBar />
      <main className="history__main">
        <div className="history__head">
          <div className="history__heading">
            <Link className="history__back" to={back.to}>
              <ArrowLeft size={16} aria-hidden="true" /> {back.label}
            </Link>
            <h1 className="history__title">{title}</h1>
            <p className="history__text">{text ?? ' '}</p>
          </div>
          {action}
        </div>
        {children}
      </main>
    </div>
  );
}
