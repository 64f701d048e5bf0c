import { useNavigate } from 'react-router';
import { withApi } from '../session/session.js';
import { Dialog } from '../ui/Dialog.js';
import { NameForm } from './NameForm.js';

export function CreateRoomDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const navigate = useNavigate();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New room"
      description="Give it a name that people recognise."
    >
      <NameForm
        initialName=""
        submitLabel="Create room"
        onCancel={() => onOpenChange(false)}
        onSubmit={async (name) => {
          const room = await withApi((api) => api.createRoom({ name }));
          await navigate(`/r/${room.slug}`);
        }}
      />
    </Dialog>
  );
}
