import { classNames } from './class-names.js';
import './Spinner.css';

/** Decoration only: say in words beside it what is going on. */
export function Spinner({ className }: { className?: string }) {
  return <span className={classNames('spinner', className)} aria-hidden="true" />;
}
