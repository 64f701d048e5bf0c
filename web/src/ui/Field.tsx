import { useId, type ComponentProps } from 'react';
import './Field.css';

interface FieldProps extends ComponentProps<'input'> {
  label: string;
  hint?: string;
  /** The problem with the value, in a sentence. */
  error?: string | undefined;
}

/** A labelled text input. Its line for hint or error is always there, so that nothing moves when an error appears. */
export function Field({ label, hint, error, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className="field" data-invalid={error ? '' : undefined}>
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        className="field__input"
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-help`}
      />
      <p className="field__help" id={`${id}-help`}>
        {error ?? hint ?? ' '}
      </p>
    </div>
  );
}
