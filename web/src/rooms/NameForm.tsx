import { LIMITS } from '@minimeet/protocol';
import { useState } from 'react';
import { fieldSentenceOf, sentenceOf } from '../session/sentences.js';
import { Button } from '../ui/Button.js';
import { DialogActions } from '../ui/Dialog.js';
import { Field } from '../ui/Field.js';
import { useOnce } from '../ui/use-once.js';

interface NameFormProps {
  initialName: string;
  submitLabel: string;
  onSubmit: (name: string) => Promise<void>;
  onCancel: () => void;
}

/** The one field that a room has, for creating and renaming. */
export function NameForm({ initialName, submitLabel, onSubmit, onCancel }: NameFormProps) {
  const [failure, setFailure] = useState<unknown>(null);
  const [name, setName] = useState(initialName);
  const { busy, run } = useOnce(async () => {
    setFailure(null);
    await onSubmit(name.trim());
  }, setFailure);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) run();
      }}
    >
      <Field
        label="Room name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={LIMITS.roomNameLength}
        placeholder="Weekly catch-up"
        autoComplete="off"
        required
        error={failure === null ? undefined : (fieldSentenceOf(failure, 'name') ?? sentenceOf(failure))}
      />
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy}>
          {submitLabel}
        </Button>
      </DialogActions>
    </form>
  );
}
