import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.js';
import './Dialog.css';
import './IconButton.css';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** For lists and forms that need the room. */
  wide?: boolean;
  children: ReactNode;
}

/** A modal dialog. Its content is made when it opens and forgotten when it closes. */
export function Dialog({ open, onOpenChange, title, description, wide = false, children }: DialogProps) {
  const { t } = useTranslation();
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Viewport className="dialog-viewport">
          <Base.Popup
            ref={popup}
            className={classNames('dialog', wide && 'dialog--wide')}
            // The first field comes before the button that closes it; a finger does not want the keyboard at once.
            initialFocus={(opened) => (opened === 'touch' ? true : (firstField(popup.current) ?? true))}
          >
            <header className="dialog__header">
              <Base.Title className="dialog__title">{title}</Base.Title>
              <Base.Close className="icon-button dialog__close" aria-label={t('close')}>
                <X size={20} aria-hidden="true" />
              </Base.Close>
            </header>
            {description !== undefined && (
              <Base.Description className="dialog__description">{description}</Base.Description>
            )}
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

function firstField(dialog: HTMLElement | null): HTMLElement | null {
  return dialog?.querySelector<HTMLElement>('input:not([readonly], [aria-hidden="true"]), textarea') ?? null;
}

/** The buttons at the foot of a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="dialog__actions">{children}</div>;
}
