import type { Room } from '@minimeet/protocol';
import { Link2, MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { IconButton } from '../ui/IconButton.js';
import { Menu, MenuItem, MenuLine } from '../ui/Menu.js';
import { useToast } from '../ui/Toasts.js';
import { copyText } from '../ui/copy-text.js';
import { DeleteRoomDialog } from './DeleteRoomDialog.js';
import { RenameRoomDialog } from './RenameRoomDialog.js';
import './RoomCard.css';

export function RoomCard({ room, onChanged }: { room: Room; onChanged: () => void }) {
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  const toast = useToast();
  const link = `${window.location.origin}/r/${room.slug}`;
  const live = room.participantCount > 0;
  return (
    <li className="room-card">
      <div className="room-card__head">
        <h2 className="room-card__name">{room.name}</h2>
        <Menu
          trigger={
            <IconButton label={`More about ${room.name}`}>
              <MoreHorizontal size={20} aria-hidden="true" />
            </IconButton>
          }
        >
          <MenuItem
            icon={<Link2 size={18} aria-hidden="true" />}
            onSelect={() => void copyText(link).then((copied) => toast(copied ? 'Link copied' : link))}
          >
            Copy link
          </MenuItem>
          {room.role === 'host' && (
            <>
              <MenuItem icon={<Pencil size={18} aria-hidden="true" />} onSelect={() => setDialog('rename')}>
                Rename
              </MenuItem>
              <MenuLine />
              <MenuItem icon={<Trash2 size={18} aria-hidden="true" />} danger onSelect={() => setDialog('delete')}>
                Delete
              </MenuItem>
            </>
          )}
        </Menu>
      </div>
      <p className="room-card__slug">/r/{room.slug}</p>
      <div className="room-card__foot">
        <p className="room-card__state" data-live={live ? '' : undefined}>
          {live ? `${room.participantCount} in the call` : 'Nobody there now'}
        </p>
        <Link
          className="button button--medium button--quiet room-card__calls"
          to={`/r/${room.slug}/calls`}
          aria-label={`Calls of ${room.name}`}
        >
          Calls
        </Link>
        <Link
          className={`button button--medium ${live ? 'button--primary' : 'button--secondary'}`}
          to={`/r/${room.slug}`}
          aria-label={`Join ${room.name}`}
        >
          Join
        </Link>
      </div>
      <RenameRoomDialog room={room} open={dialog === 'rename'} onClose={() => setDialog(null)} onRenamed={onChanged} />
      <DeleteRoomDialog room={room} open={dialog === 'delete'} onClose={() => setDialog(null)} onDeleted={onChanged} />
    </li>
  );
}
