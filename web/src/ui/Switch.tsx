import { Switch as Base } from '@base-ui/react/switch';
import { useId } from 'react';
import './Switch.css';

interface SwitchProps {
  label: string;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** Something that is on or off, and changes at once. */
export function Switch({ label, hint, checked, disabled = false, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="switch">
      <div className="switch__words">
        <label className="switch__label" htmlFor={id}>
          {label}
        </label>
        {hint !== undefined && (
          <p className="switch__hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
      <Base.Root
        id={id}
        className="switch__track"
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      >
        <Base.Thumb className="switch__thumb" />
      </Base.Root>
    </div>
  );
}
