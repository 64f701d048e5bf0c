import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import './Dialog.css';
import './IconButton.css';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  children: ReactNode;
}

/**
 * The browser's own modal dialog: it keeps the focus, closes with Escape and makes the page behind it inert. Libraries lock the page's
 * scrolling with a style element, which the server's content security policy forbids.
 */
export function Dialog(props: DialogProps) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ onOpenChange, title, description, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    element.showModal();
    // What one came to fill in, rather than the button that closes it.
    element.querySelector<HTMLInputElement>('input:not([readonly])')?.focus();
  }, []);
  const close = () => onOpenChange(false);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-description`}
      onClose={close}
      onMouseDown={(event) => {
        // The backdrop belongs to the dialog element, everything else to what is inside it.
        if (event.target === event.currentTarget) close();
      }}
    >
      <div className="dialog__body">
        <header className="dialog__header">
          <h2 className="dialog__title" id={`${id}-title`}>
            {title}
          </h2>
          <button type="button" className="icon-button dialog__close" aria-label="Close" onClick={close}>
            <X size={20} aria-hidden="true" />
          </button>
        </header>
        <p className="dialog__description" id={`${id}-description`}>
          {description}
        </p>
        {children}
      </div>
    </dialog>
  );
}

/** The buttons at the foot of a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="dialog__actions">{children}</div>;
}
