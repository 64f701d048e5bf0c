import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { classNames } from './class-names.js';
import './Field.css';
import './Menu.css';
import './Select.css';

interface SelectProps<Value extends string> {
  label: string;
  /** The label is read out only; the text beside it says the same. */
  hideLabel?: boolean;
  size?: 'medium' | 'small';
  value: Value;
  options: readonly { value: Value; label: string; lang?: string }[];
  disabled?: boolean;
  onChange: (value: Value) => void;
}

/** One of a few, as a list that opens. */
export function Select<Value extends string>({
  label,
  hideLabel = false,
  size = 'medium',
  value,
  options,
  disabled = false,
  onChange,
}: SelectProps<Value>) {
  return (
    <Base.Root
      items={options}
      value={value}
      disabled={disabled}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      {!hideLabel && <Base.Label className="field__label">{label}</Base.Label>}
      <Base.Trigger className={classNames('select', `select--${size}`)} aria-label={hideLabel ? label : undefined}>
        <Base.Value className="select__value" />
        <Base.Icon className="select__arrow">
          <ChevronDown size={16} aria-hidden="true" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          className="menu-positioner"
          alignItemWithTrigger={false}
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <Base.Popup className="menu select__list">
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className="menu__item menu__item--choice"
                  lang={option.lang}
                >
                  <Base.ItemIndicator className="menu__tick">
                    <Check size={16} aria-hidden="true" />
                  </Base.ItemIndicator>
                  <Base.ItemText>{option.label}</Base.ItemText>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
