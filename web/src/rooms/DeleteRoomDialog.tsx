import type { Room } from '@minimeet/protocol';
import { useState } from 'react';
import { sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { Dialog, DialogActions } from '../ui/Dialog.js';
import { Notice } from '../ui/Notice.js';
import { useOnce } from '../ui/use-once.js';

interface DeleteRoomDialogProps {
  room: Room;
  open: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteRoomDialog({ room, open, onClose, onDeleted }: DeleteRoomDialogProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const { busy, run } = useOnce(
    async () => {
      await withApi((api) => api.deleteRoom(room.slug));
      onDeleted();
      onClose();
    },
    (error) => setProblem(sentenceOf(error)),
  );
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Delete “${room.name}”?`}
      description="Its chat and its call history go with it, a running call ends, and links to it stop working."
    >
      {problem && <Notice tone="danger">{problem}</Notice>}
      <DialogActions>
        <Button onClick={onClose}>Keep it</Button>
        <Button look="danger" busy={busy} onClick={() => run()}>
          Delete room
        </Button>
      </DialogActions>
    </Dialog>
  );
}
