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
  /** What will happen, and to whom. */
  text: string;
  /** What the button does, as a verb. */
  confirmLabel: string;
  /** What the other button does; “Cancel” when absent. */
  cancelLabel?: string;
  look?: 'danger' | 'primary';
  /** What else one may choose about it. */
  children?: ReactNode;
  /** It closes after it has resolved; what it throws is said in the dialog. */
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
