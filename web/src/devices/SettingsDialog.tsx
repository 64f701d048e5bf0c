import { Dialog } from '../ui/Dialog.js';
import { DeviceChoice } from './DeviceChoice.js';
import type { LocalMedia } from './local-media.js';

interface SettingsDialogProps {
  media: LocalMedia;
  open: boolean;
  onClose: () => void;
}

/** Other devices in the middle of a call. */
export function SettingsDialog({ media, open, onClose }: SettingsDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Camera and sound"
      description="A change takes effect at once."
    >
      <DeviceChoice media={media} />
    </Dialog>
  );
}
