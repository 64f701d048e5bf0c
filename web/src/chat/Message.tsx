import type { ChatMessage } from '@minimeet/protocol';
import { memo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.js';
import { Avatar } from '../ui/Avatar.js';
import { useChatDesk, type OpenOverlay } from './chat-desk.js';
import { MessageBody } from './MessageBody.js';
import { MessageToolbar } from './MessageToolbar.js';
import { Quote } from './Quote.js';
import { Reactions } from './Reactions.js';
import { useLongPress } from './use-long-press.js';
import './Message.css';

interface MessageProps {
  message: ChatMessage;
  follows: boolean;
  /** It was jumped to a moment ago. */
  found: boolean;
  onOverlay: OpenOverlay;
}

/** One message with all that belongs to it. */
export const Message = memo(function Message({ message, follows, found, onOverlay }: MessageProps) {
  const { t } = useTranslation('chat');
  const desk = useChatDesk();
  const format = useFormat();
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const own = message.senderId === desk.self.userId;
  const deleted = message.deletedAt !== null;
  const longPress = useLongPress((element) => onOverlay('menu', message, element), !deleted);
  const time = format.time(message.sentAt);
  const name = own ? t('you', { ns: 'common' }) : message.senderName;
  return (
    <li
      className={own ? 'message message--own' : 'message'}
      data-message-id={message.id}
      data-follows={follows ? '' : undefined}
      data-found={found ? '' : undefined}
      data-mentions-self={message.mentions.includes(desk.self.userId) ? '' : undefined}
      tabIndex={-1}
      onPointerEnter={({ pointerType }) => pointerType === 'mouse' && setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      // A click has the mouse over it anyway.
      onFocus={({ target }) => target.matches(':focus-visible') && setFocused(true)}
      onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && setFocused(false)}
      onKeyDown={(event) => onMessageKey(event, () => onOverlay('menu', message, event.currentTarget), desk, message)}
      {...longPress}
    >
      {follows ? (
        <span className="visually-hidden">{t('saidAt', { name, time })}</span>
      ) : (
        <p className="message__head">
          {!own && (
            <Avatar
              name={message.senderName}
              size={24}
              picture={message.senderId === null ? null : (desk.people.get(message.senderId)?.pictureUrl ?? null)}
            />
          )}
          <span className="message__name">{name}</span>
          <time className="message__time" dateTime={message.sentAt}>
            {time}
          </time>
        </p>
      )}
      <div className="message__row">
        <div className="message__bubble" title={follows ? time : undefined}>
          {message.replyTo && !deleted && <Quote quoted={message.replyTo} onJump={desk.jumpTo} />}
          <MessageBody message={message} />
          {message.editedAt !== null && !deleted && (
            <span className="message__edited" title={format.day(message.editedAt)}>
              {t('edited')}
            </span>
          )}
        </div>
        {(hovered || focused) && !deleted && <MessageToolbar message={message} onOverlay={onOverlay} />}
      </div>
      {message.reactions.length > 0 && !deleted && <Reactions message={message} onOverlay={onOverlay} />}
    </li>
  );
});

/** Does by key what a message's menu offers, when the message has the focus itself. */
function onMessageKey(
  event: KeyboardEvent<HTMLElement>,
  openMenu: () => void,
  desk: ReturnType<typeof useChatDesk>,
  message: ChatMessage,
): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || message.deletedAt)
    return;
  const own = message.senderId === desk.self.userId;
  const action = {
    Enter: openMenu,
    ContextMenu: openMenu,
    F10: event.shiftKey ? openMenu : undefined,
    r: () => desk.reply(message.id),
    e: own && message.content.type !== 'system' ? () => desk.edit(message.id) : undefined,
    Delete: own || desk.moderates ? () => desk.remove(message.id) : undefined,
  }[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
