import { Menu } from '@base-ui/react/menu';
import type { ChatMessage } from '@minimeet/protocol';
import { Copy, Download, Pencil, Reply, SmilePlus, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../ui/copy-text.js';
import { MenuItem, MenuLine } from '../ui/Menu.js';
import { useToast } from '../ui/Toasts.js';
import { useChatDesk } from './chat-desk.js';
import { QUICK_REACTIONS } from './emoji.js';
import { saveAttachment } from './save-attachment.js';
import '../ui/Menu.css';
import './MessageMenu.css';

/** The part that a menu opens beside; the row itself is as wide as the list. */
export function bubbleOf(row: HTMLElement | undefined): Element | null {
  return row?.querySelector('.message__row') ?? null;
}

const ICON = { size: 18, 'aria-hidden': true } as const;

interface MessageMenuProps {
  /** `null`: closed. */
  open: { message: ChatMessage; row: HTMLElement } | null;
  onClose: () => void;
  /** All reactions, not only the quick ones. */
  onPick: (message: ChatMessage, row: HTMLElement) => void;
}

/** The actions on a message: opened by its button, a held finger, and the keyboard. */
export function MessageMenu({ open, onClose, onPick }: MessageMenuProps) {
  // An answer, an edit, a question and the picker take the focus themselves; otherwise it goes back to the message.
  const focusMoves = useRef(false);
  const row = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (!open) return;
    focusMoves.current = false;
    row.current = open.row;
  }, [open]);
  const moving = (action: () => void) => () => {
    focusMoves.current = true;
    action();
  };
  return (
    <Menu.Root open={open !== null} onOpenChange={(next) => !next && onClose()} modal={false}>
      <Menu.Portal>
        <Menu.Positioner
          className="menu-positioner"
          anchor={() => bubbleOf(open?.row)}
          side="bottom"
          align="end"
          sideOffset={6}
          collisionPadding={8}
        >
          <Menu.Popup className="menu" finalFocus={() => (focusMoves.current ? false : (row.current ?? true))}>
            {open && <Items message={open.message} onPick={() => onPick(open.message, open.row)} moving={moving} />}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface ItemsProps {
  message: ChatMessage;
  onPick: () => void;
  /** Around what moves the focus. */
  moving: (action: () => void) => () => void;
}

function Items({ message, onPick, moving }: ItemsProps) {
  const { t } = useTranslation('chat');
  const toast = useToast();
  const { chat, self, moderates, reply, edit, remove, fail } = useChatDesk();
  const { content } = message;
  const own = message.senderId === self.userId;
  if (content.type === 'system') return null;
  const mine = new Set(
    message.reactions.filter(({ userIds }) => userIds.includes(self.userId)).map(({ reaction }) => reaction),
  );
  return (
    <>
      <Menu.Group className="message-menu__quick" aria-label={t('actions.react')}>
        {QUICK_REACTIONS.map((reaction) => (
          <Menu.Item
            key={reaction}
            className="message-menu__reaction"
            data-mine={mine.has(reaction) ? '' : undefined}
            aria-label={t('reactions.with', { reaction })}
            onClick={() => void chat.react(message.id, reaction, !mine.has(reaction)).catch(fail)}
          >
            {reaction}
          </Menu.Item>
        ))}
        <Menu.Item className="message-menu__reaction" aria-label={t('reactions.all')} onClick={moving(onPick)}>
          <SmilePlus {...ICON} />
        </Menu.Item>
      </Menu.Group>
      <MenuLine />
      <MenuItem icon={<Reply {...ICON} />} onSelect={moving(() => reply(message.id))}>
        {t('actions.reply')}
      </MenuItem>
      {content.text !== '' && (
        <MenuItem
          icon={<Copy {...ICON} />}
          onSelect={() => void copyText(content.text).then((copied) => toast(t(copied ? 'copied' : 'notCopied')))}
        >
          {t('actions.copy')}
        </MenuItem>
      )}
      {content.type !== 'text' && (
        <MenuItem
          icon={<Download {...ICON} />}
          onSelect={() => void saveAttachment(chat.slug, content.attachment).catch(fail)}
        >
          {t('file.download')}
        </MenuItem>
      )}
      {own && (
        <MenuItem icon={<Pencil {...ICON} />} onSelect={moving(() => edit(message.id))}>
          {t('actions.edit')}
        </MenuItem>
      )}
      {(own || moderates) && (
        <>
          <MenuLine />
          <MenuItem icon={<Trash2 {...ICON} />} danger onSelect={moving(() => remove(message.id))}>
            {t('actions.delete')}
          </MenuItem>
        </>
      )}
    </>
  );
}
