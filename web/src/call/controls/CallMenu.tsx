import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Hint } from '../../ui/IconButton.js';
import '../../ui/Menu.css';

interface CallMenuProps {
  /** The button that opens it; its accessible name is `label`. */
  trigger: ReactElement;
  label: string;
  children: ReactNode;
}

/** A menu of the call; what is behind it goes on to be used. */
export function CallMenu({ trigger, label, children }: CallMenuProps) {
  return (
    <Menu.Root modal={false}>
      <Hint text={label}>
        <Menu.Trigger render={trigger} aria-label={label} />
      </Hint>
      <Menu.Portal>
        <Menu.Positioner className="menu-positioner" sideOffset={8} collisionPadding={12} align="end">
          <Menu.Popup className="menu">{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface CallMenuItemProps {
  icon: ReactNode;
  danger?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export function CallMenuItem({ icon, danger = false, onClick, children }: CallMenuItemProps) {
  return (
    <Menu.Item className={danger ? 'menu__item menu__item--danger' : 'menu__item'} onClick={onClick}>
      {icon}
      {children}
    </Menu.Item>
  );
}

interface CallMenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: { value: Value; label: string; icon: ReactNode }[];
  onChoose: (value: Value) => void;
}

/** One of several. */
export function CallMenuChoice<Value extends string>({ label, value, options, onChoose }: CallMenuChoiceProps<Value>) {
  return (
    <Menu.RadioGroup value={value} aria-label={label}>
      {options.map((option) => (
        <Menu.RadioItem
          key={option.value}
          value={option.value}
          className="menu__item menu__item--choice"
          closeOnClick
          onClick={() => onChoose(option.value)}
        >
          <Menu.RadioItemIndicator className="menu__tick">
            <Check size={16} aria-hidden="true" />
          </Menu.RadioItemIndicator>
          {option.icon}
          {option.label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

export function CallMenuLine() {
  return <Menu.Separator className="menu__line" />;
}
