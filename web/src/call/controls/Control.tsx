import type { ComponentProps } from 'react';
import { Hint } from '../../ui/IconButton.js';
import { classNames } from '../../ui/class-names.js';

type ControlLook = 'normal' | 'off' | 'active' | 'leave';

interface ControlFaceProps extends ComponentProps<'button'> {
  look?: ControlLook;
  /** Something is wrong with it. */
  warning?: boolean;
  /** How many wait for a look; nothing at 0. */
  badge?: number;
}

function ControlFace({ look = 'normal', warning = false, badge = 0, className, children, ...rest }: ControlFaceProps) {
  return (
    <button type="button" {...rest} className={classNames('controls__button', `controls__button--${look}`, className)}>
      {children}
      {warning && (
        <span className="controls__warning" aria-hidden="true">
          !
        </span>
      )}
      {badge > 0 && (
        <span className="controls__badge" aria-hidden="true">
          {badge > 99 ? '99+' : badge}
        </span>
      )}
    </button>
  );
}

interface ControlProps extends ControlFaceProps {
  /** The accessible name, and the tooltip. */
  label: string;
}

/** A button of the bar; also what opens a menu there. */
export function Control({ label, ...rest }: ControlProps) {
  return (
    <Hint text={label}>
      <ControlFace aria-label={label} {...rest} />
    </Hint>
  );
}
