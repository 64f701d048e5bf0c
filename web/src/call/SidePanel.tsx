import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, type ReactNode } from 'react';
import { IconButton } from '../ui/IconButton.js';
import { overlayIsOpen } from '../ui/overlay-is-open.js';
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

function useEscape(action: () => void): void {
  useEffect(() => {
    // A dialog or a menu above the panel takes the key for itself, and may be closed by it before it comes here.
    let isTaken = false;
    const onWay = () => {
      isTaken = overlayIsOpen();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isTaken) action();
    };
    window.addEventListener('keydown', onWay, true);
    document.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onWay, true);
      document.removeEventListener('keydown', onKey);
    };
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
