import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/Dialog.js';
import { DeviceChoice } from './DeviceChoice.js';
import type { LocalMedia } from './local-media.js';

interface SettingsDialogProps {
  media: LocalMedia;
  open: boolean;
  onClose: () => void;
  /** Below the devices. */
  children?: ReactNode;
}

/** Other devices in the middle of a call. */
export function SettingsDialog({ media, open, onClose, children }: SettingsDialogProps) {
  const { t } = useTranslation('devices');
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('settings.title')}
      description={t('settings.text')}
    >
      <DeviceChoice media={media} />
      {children}
    </Dialog>
  );
}
