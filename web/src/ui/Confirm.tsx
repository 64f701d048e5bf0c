import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../session/sentences.js';
import { Button } from './Button.js';
import { DialogActions } from './Dialog.js';
import { Notice } from './Notice.js';
import { useOnce } from './use-once.js';
import './Dialog.css';

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** The consequence, and for whom. */
  text: string;
  /** The button's action, as a verb. */
  confirmLabel: string;
  /** The other button's action; “Cancel” when absent. */
  cancelLabel?: string;
  look?: 'danger' | 'primary';
  /** Further choices about it. */
  children?: ReactNode;
  /** The dialog closes after it has resolved; an error is said in the dialog. */
  onConfirm: () => Promise<void>;
}

/** Asks before something that cannot be taken back. The safe answer has the focus. */
export function Confirm({
  open,
  onClose,
  title,
  text,
  confirmLabel,
  cancelLabel,
  look = 'danger',
  children,
  onConfirm,
}: ConfirmProps) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<unknown>(null);
  const { busy, run } = useOnce(async () => {
    setFailure(null);
    await onConfirm();
    onClose();
  }, setFailure);
  const close = () => {
    setFailure(null);
    onClose();
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-backdrop" />
        <AlertDialog.Viewport className="dialog-viewport">
          <AlertDialog.Popup className="dialog">
            <AlertDialog.Title className="dialog__title">{title}</AlertDialog.Title>
            <AlertDialog.Description className="dialog__description">{text}</AlertDialog.Description>
            {children}
            {failure !== null && <Notice tone="danger">{sentenceOf(failure)}</Notice>}
            <DialogActions>
              <AlertDialog.Close render={<Button>{cancelLabel ?? t('cancel')}</Button>} />
              <Button look={look} busy={busy} onClick={() => run()}>
                {confirmLabel}
              </Button>
            </DialogActions>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
