import type { Room } from '@minimeet/protocol';
import { withApi } from '../session/session.js';
import { Confirm } from '../ui/Confirm.js';

interface DeleteRoomDialogProps {
  room: Room;
  open: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteRoomDialog({ room, open, onClose, onDeleted }: DeleteRoomDialogProps) {
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={`Delete “${room.name}”?`}
      text="Its chat and its call history go with it, a running call ends, and links to it stop working."
      confirmLabel="Delete room"
      cancelLabel="Keep it"
      onConfirm={async () => {
        await withApi((api) => api.deleteRoom(room.slug));
        onDeleted();
      }}
    />
  );
}
