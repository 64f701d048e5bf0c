import type { Room } from '@minimeet/protocol';
import { withApi } from '../session/session.js';
import { Dialog } from '../ui/Dialog.js';
import { NameForm } from './NameForm.js';

interface RenameRoomDialogProps {
  room: Room;
  open: boolean;
  onClose: () => void;
  onRenamed: () => void;
}

export function RenameRoomDialog({ room, open, onClose, onRenamed }: RenameRoomDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Rename room"
      description="The link stays the same, so nobody loses their way."
    >
      <NameForm
        initialName={room.name}
        submitLabel="Rename"
        onCancel={onClose}
        onSubmit={async (name) => {
          await withApi((api) => api.updateRoom(room.slug, { name }));
          onRenamed();
          onClose();
        }}
      />
    </Dialog>
  );
}
