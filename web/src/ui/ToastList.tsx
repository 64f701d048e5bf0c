import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { listenToToasts } from './toast-queue.js';
import './Toasts.css';

const TOAST_MS = 5000;
const TOASTS_AT_ONCE = 3;

/** Shows the sentences of `useToast`: they stay while one points at them, can be put away, and F6 leads to them. */
export default function ToastList() {
  return (
    <Toast.Provider timeout={TOAST_MS} limit={TOASTS_AT_ONCE}>
      <Toasts />
    </Toast.Provider>
  );
}

function Toasts() {
  const { t } = useTranslation();
  const { toasts, add } = Toast.useToastManager();
  useEffect(() => listenToToasts((text) => void add({ title: text })), [add]);
  return (
    <Toast.Portal>
      <Toast.Viewport className="toasts" aria-label={t('notifications')}>
        {toasts.map((toast) => (
          <Toast.Root key={toast.id} toast={toast} className="toast" swipeDirection={['up', 'left', 'right']}>
            <Toast.Content className="toast__content">
              <Toast.Title className="toast__text" />
              <Toast.Close className="toast__close" aria-label={t('dismiss')}>
                <X size={16} aria-hidden="true" />
              </Toast.Close>
            </Toast.Content>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  );
}
