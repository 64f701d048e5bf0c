import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.js';
import './Menu.css';
import './Popover.css';

interface PopoverProps {
  /** The button that opens it: a native one, or a component that passes on its props and its ref. */
  trigger: ReactElement;
  title: string;
  side?: 'top' | 'bottom';
  align?: 'start' | 'center' | 'end';
  className?: string;
  children: ReactNode;
}

/** Something to look at or to set, beside its button; the page behind it stays usable. */
export function Popover({ trigger, title, side = 'bottom', align = 'start', className, children }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="menu-positioner" side={side} align={align} sideOffset={8} collisionPadding={12}>
          <Base.Popup className={classNames('menu', className)}>
            <Base.Title className="popover__title">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
