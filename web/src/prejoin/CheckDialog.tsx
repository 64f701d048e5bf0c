import i18next from 'i18next';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalMedia } from '../devices/local-media.js';
import { Dialog } from '../ui/Dialog.js';
import { Spinner } from '../ui/Spinner.js';

// Few people need it: its code and its texts are fetched when it is asked for.
const Check = lazy(async () => {
  const [{ Check: component }] = await Promise.all([
    import('../check/Check.js'),
    i18next.loadNamespaces(['check', 'devices']),
  ]);
  return { default: component };
});

interface CheckDialogProps {
  media: LocalMedia;
  signInPath: string;
  open: boolean;
  onClose: () => void;
}

/** The check of devices, network and server above the pre-join screen. */
export function CheckDialog({ media, signInPath, open, onClose }: CheckDialogProps) {
  const { t } = useTranslation('prejoin');
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={t('check')} wide>
      <div className="pre-join__check">
        <Suspense fallback={<Spinner />}>
          <Check media={media} signInPath={signInPath} />
        </Suspense>
      </div>
    </Dialog>
  );
}
