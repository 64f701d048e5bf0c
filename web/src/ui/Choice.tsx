import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { Check } from 'lucide-react';
import { useId } from 'react';
import './Choice.css';

interface CheckboxProps {
  label: string;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** Something that is meant or not, and takes effect with its form. */
export function Checkbox({ label, hint, checked, disabled = false, onChange }: CheckboxProps) {
  const id = useId();
  return (
    <label className="choice" id={id}>
      <BaseCheckbox.Root
        className="choice__box"
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
      >
        <BaseCheckbox.Indicator className="choice__tick">
          <Check size={14} strokeWidth={3} aria-hidden="true" />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <ChoiceWords label={label} hint={hint} />
    </label>
  );
}

interface RadiosProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; hint?: string }[];
  disabled?: boolean;
  onChange: (value: Value) => void;
}

/** One of several that are worth seeing at once, each with a sentence. */
export function Radios<Value extends string>({
  label,
  value,
  options,
  disabled = false,
  onChange,
}: RadiosProps<Value>) {
  const id = useId();
  return (
    <div>
      <p className="choice__group" id={id}>
        {label}
      </p>
      <RadioGroup
        className="choices"
        aria-labelledby={id}
        value={value}
        disabled={disabled}
        onValueChange={(next: Value) => onChange(next)}
      >
        {options.map((option) => (
          <label key={option.value} className="choice choice--framed">
            <Radio.Root value={option.value} className="choice__box choice__box--round">
              <Radio.Indicator className="choice__dot" />
            </Radio.Root>
            <ChoiceWords label={option.label} hint={option.hint} />
          </label>
        ))}
      </RadioGroup>
    </div>
  );
}

function ChoiceWords({ label, hint }: { label: string; hint: string | undefined }) {
  return (
    <span className="choice__words">
      <span className="choice__label">{label}</span>
      {hint !== undefined && <span className="choice__hint">{hint}</span>}
    </span>
  );
}
