import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/Dialog.js';
import { Spinner } from '../ui/Spinner.js';
import { useModeration } from './moderation.js';
import './RoomDialog.css';

// Few look at it in a call, and its texts and lists are those of the rooms page.
const RoomTabs = lazy(() => import('./RoomTabs.js'));

interface RoomDialogProps {
  open: boolean;
  onClose: () => void;
}

/** The room of the call: its settings, invitations, members and bans, which hosts and moderators may change. */
export function RoomDialog({ open, onClose }: RoomDialogProps) {
  const { t } = useTranslation();
  const { room } = useModeration();
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={room.name} wide>
      <div className="room-dialog">
        <Suspense
          fallback={
            <p className="room-dialog__loading" role="status">
              <Spinner /> {t('loading')}
            </p>
          }
        >
          <RoomTabs />
        </Suspense>
      </div>
    </Dialog>
  );
}
