import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, type ReactNode } from 'react';
import { IconButton } from '../ui/IconButton.js';
import './SidePanel.css';

interface SidePanelProps {
  /** The heading, and the accessible name. */
  title: string;
  closeLabel: string;
  onClose: () => void;
  /** Before the button that closes it. */
  action?: ReactNode;
  children: ReactNode;
}

/** Beside the stage where there is room, a sheet over its foot on a phone. Escape closes it. */
export function SidePanel({ title, closeLabel, onClose, action, children }: SidePanelProps) {
  useEscape(onClose);
  useFocusBack();
  return (
    <aside className="side-panel" aria-label={title}>
      <header className="side-panel__header">
        <h2 className="side-panel__title">{title}</h2>
        {action}
        <IconButton label={closeLabel} onClick={onClose}>
          <X size={20} aria-hidden="true" />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}

/** Listens at the window, so that dialogs, menus and popovers above the panel take the key first. */
function useEscape(action: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [action]);
}

/** When the panel closes, the focus goes back to where it was, usually the button that opened it. */
function useFocusBack(): void {
  // Before the effects of the children, one of which moves the focus into the panel.
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      requestAnimationFrame(() => {
        if (before instanceof HTMLElement) before.focus();
      });
    };
  }, []);
}
