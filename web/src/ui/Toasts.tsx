import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import './Toasts.css';

type ShowToast = (text: string) => void;

const ToastContext = createContext<ShowToast>(() => undefined);

const TOAST_MS = 4000;
const TOASTS_AT_ONCE = 3;

/** @returns a function that shows one sentence for four seconds, and says it to screen readers. */
export function useToast(): ShowToast {
  return use(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<{ id: number; text: string }[]>([]);
  const nextId = useRef(0);
  const show = useCallback<ShowToast>((text) => {
    const id = nextId.current++;
    setToasts((shown) => [...shown.slice(1 - TOASTS_AT_ONCE), { id, text }]);
    setTimeout(() => setToasts((shown) => shown.filter((toast) => toast.id !== id)), TOAST_MS);
  }, []);
  const list = useMemo(
    () => (
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <p key={toast.id} className="toast">
            {toast.text}
          </p>
        ))}
      </div>
    ),
    [toasts],
  );
  return (
    <ToastContext value={show}>
      {children}
      {list}
    </ToastContext>
  );
}
