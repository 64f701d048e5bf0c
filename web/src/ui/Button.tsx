import type { ComponentProps } from 'react';
import { classNames } from './class-names.js';
import { Spinner } from './Spinner.js';
import './Button.css';

interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'medium' | 'large' | 'small';
  /** Shows that the work goes on; a second click does nothing meanwhile. */
  busy?: boolean;
}

export function Button({
  look = 'secondary',
  size = 'medium',
  busy = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames('button', `button--${look}`, `button--${size}`, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy && <Spinner className="button__spinner" />}
      <span className={classNames('button__content', busy && 'button__content--busy')}>{children}</span>
    </button>
  );
}
