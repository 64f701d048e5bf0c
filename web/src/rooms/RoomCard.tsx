import type { Room } from '@minimeet/protocol';
import { Link2, MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { Link } from 'react-router';
import { IconButton } from '../ui/IconButton.js';
import { useToast } from '../ui/Toasts.js';
import { copyText } from '../ui/copy-text.js';
import '../ui/Menu.css';
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
        <DropdownMenu.Root modal={false}>
          <DropdownMenu.Trigger asChild>
            <IconButton label={`More about ${room.name}`}>
              <MoreHorizontal size={20} aria-hidden="true" />
            </IconButton>
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
              <DropdownMenu.Item
                className="menu__item"
                onSelect={() => void copyText(link).then((copied) => toast(copied ? 'Link copied' : link))}
              >
                <Link2 size={18} aria-hidden="true" /> Copy link
              </DropdownMenu.Item>
              {room.role === 'host' && (
                <>
                  <DropdownMenu.Item className="menu__item" onSelect={() => setDialog('rename')}>
                    <Pencil size={18} aria-hidden="true" /> Rename
                  </DropdownMenu.Item>
                  <DropdownMenu.Separator className="menu__line" />
                  <DropdownMenu.Item className="menu__item menu__item--danger" onSelect={() => setDialog('delete')}>
                    <Trash2 size={18} aria-hidden="true" /> Delete
                  </DropdownMenu.Item>
                </>
              )}
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
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
