import { lazy, Suspense, type ReactNode } from 'react';
import { showToast } from './toast-queue.js';

// Nothing is said while the page starts: the first picture does not wait for it.
const ToastList = lazy(() => import('./ToastList.js'));

/** @returns a function that shows one sentence for some seconds, and says it to screen readers. */
export function useToast(): (text: string) => void {
  return showToast;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <Suspense fallback={null}>
        <ToastList />
      </Suspense>
    </>
  );
}
