import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './IconButton.js';
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
                <IconButton label="Close" className="dialog__close">
                  <X size={20} aria-hidden="true" />
                </IconButton>
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
