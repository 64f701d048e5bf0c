import { CircleAlert, CircleCheck, CircleDashed, CircleHelp, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Spinner } from '../ui/Spinner.js';
import './CheckRow.css';

/** `ask`: it is the person's turn; `unknown`: it could not be checked. */
export type CheckState = 'checking' | 'ok' | 'warning' | 'bad' | 'ask' | 'unknown';

const ICONS: Record<Exclude<CheckState, 'checking'>, LucideIcon> = {
  ok: CircleCheck,
  warning: TriangleAlert,
  bad: CircleAlert,
  ask: CircleHelp,
  unknown: CircleDashed,
};

interface CheckRowProps {
  title: string;
  state: CheckState;
  /** The finding, and what to do about it. */
  text: ReactNode;
  children?: ReactNode;
}

/** One thing that was checked: an icon, a word and a sentence. */
export function CheckRow({ title, state, text, children }: CheckRowProps) {
  const { t } = useTranslation('check');
  const Icon = state === 'checking' ? null : ICONS[state];
  return (
    <li className="check-row" data-state={state}>
      <span className="check-row__icon">{Icon ? <Icon size={22} aria-hidden="true" /> : <Spinner />}</span>
      <div className="check-row__body">
        <h3 className="check-row__title">
          {title}
          <span className="check-row__word">{t(`state.${state}`)}</span>
        </h3>
        <p className="check-row__text">{text}</p>
        {children}
      </div>
    </li>
  );
}
