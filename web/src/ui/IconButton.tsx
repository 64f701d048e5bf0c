import { Tooltip } from '@base-ui/react/tooltip';
import { type ComponentProps, type ReactElement, type ReactNode, useRef } from 'react';
import { classNames } from './class-names.js';
import './IconButton.css';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** The accessible name, and the tooltip. */
  label: string;
  children: ReactNode;
}

export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <Hint text={label}>
      <button type="button" {...rest} aria-label={label} className={classNames('icon-button', className)}>
        {children}
      </button>
    </Hint>
  );
}

/** Above everything that has a hint: once one is shown, its neighbours show theirs without delay. */
export function HintProvider({ children }: { children: ReactNode }) {
  return <Tooltip.Provider delay={500}>{children}</Tooltip.Provider>;
}

/** A tooltip for one control that has its own accessible name. */
export function Hint({ text, children }: { text: string; children: ReactElement }) {
  const actions = useRef<Tooltip.Root.Actions>(null);
  /** Escape takes the hint away (WCAG 2.2, 1.4.13) and goes on to the panel or dialog that it is meant for. */
  const onOpenChange = (_open: boolean, details: Tooltip.Root.ChangeEventDetails) => {
    if (details.reason !== 'escape-key') return;
    // Left to itself the tooltip takes the key, and the panel stays.
    details.cancel();
    details.allowPropagation();
    actions.current?.close();
  };
  return (
    <Tooltip.Root disableHoverablePopup actionsRef={actions} onOpenChange={onOpenChange}>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner className="hint-positioner" sideOffset={8} collisionPadding={8}>
          <Tooltip.Popup className="hint">{text}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
