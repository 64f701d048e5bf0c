import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import './IconButton.css';
import './Dialog.css';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  children: ReactNode;
}

export function Dialog({ open, onOpenChange, title, description, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="dialog__overlay">
          <Radix.Content className="dialog">
            <header className="dialog__header">
              <Radix.Title className="dialog__title">{title}</Radix.Title>
              <Radix.Close asChild>
                {/* Without a hint: it has the focus when the dialog opens, and would show it at once. */}
                <button type="button" className="icon-button dialog__close" aria-label="Close">
                  <X size={20} aria-hidden="true" />
                </button>
              </Radix.Close>
            </header>
            <Radix.Description className="dialog__description">{description}</Radix.Description>
            {children}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The buttons at the foot of a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="dialog__actions">{children}</div>;
}
