import type { ChatMessage } from '@minimeet/protocol';
import { MessageSquareText } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { Avatar } from '../ui/Avatar.js';
import { Button } from '../ui/Button.js';
import { dayOf, isNewDay, timeOf } from './message-time.js';
import { MessageText } from './MessageText.js';
import type { Chat } from './use-chat.js';
import './MessageList.css';

/** Messages of one person within this time stand under one name. */
const GROUP_MS = 5 * 60 * 1000;
/** Somebody this near to the end wants to follow. */
const NEAR_END_PX = 80;

export function MessageList({ chat, selfUserId }: { chat: Chat; selfUserId: string }) {
  const { messages, pending } = chat;
  const list = useStickyEnd(messages[0]?.id, messages.length + pending.length);
  const empty = messages.length === 0 && pending.length === 0;
  return (
    <div ref={list} className="messages" role="log" aria-label="Messages" tabIndex={0}>
      {chat.hasOlder && (
        <Button size="small" look="quiet" className="messages__older" busy={chat.loadingOlder} onClick={chat.loadOlder}>
          Show earlier messages
        </Button>
      )}
      {empty && (
        <div className="messages__empty">
          <MessageSquareText size={32} aria-hidden="true" />
          <p>Nothing has been said yet. What you write stays in this room.</p>
        </div>
      )}
      <ol className="messages__list">
        {messages.map((message, index) => (
          <Message
            key={message.id}
            message={message}
            before={messages[index - 1]}
            own={message.senderId === selfUserId}
          />
        ))}
        {pending.map(({ key, text, problem }) => (
          <li key={key} className="message message--own" data-pending="">
            <div className="message__bubble">
              <MessageText text={text} />
            </div>
            {problem === null ? (
              <p className="message__state">Sending…</p>
            ) : (
              <p className="message__state message__state--failed" role="alert">
                Not sent: {problem}
                <button type="button" onClick={() => chat.retry(key)}>
                  Try again
                </button>
                <button type="button" onClick={() => chat.discard(key)}>
                  Discard
                </button>
              </p>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Message({ message, before, own }: { message: ChatMessage; before: ChatMessage | undefined; own: boolean }) {
  const follows = before !== undefined && isFollowing(before, message);
  return (
    <>
      {isNewDay(before?.sentAt, message.sentAt) && <li className="messages__day">{dayOf(message.sentAt)}</li>}
      <li
        className={own ? 'message message--own' : 'message'}
        data-message-id={message.id}
        data-follows={follows ? '' : undefined}
      >
        {!follows && (
          <p className="message__head">
            {!own && <Avatar name={message.senderName} size={22} />}
            <span className="message__name">{own ? 'You' : message.senderName}</span>
            <time className="message__time" dateTime={message.sentAt}>
              {timeOf(message.sentAt)}
            </time>
          </p>
        )}
        <div className="message__bubble" title={follows ? timeOf(message.sentAt) : undefined}>
          <MessageText text={message.content.type === 'system' ? '' : message.content.text} />
        </div>
      </li>
    </>
  );
}

function isFollowing(before: ChatMessage, message: ChatMessage): boolean {
  return (
    before.senderId === message.senderId &&
    before.senderName === message.senderName &&
    Date.parse(message.sentAt) - Date.parse(before.sentAt) < GROUP_MS &&
    !isNewDay(before.sentAt, message.sentAt)
  );
}

/** Keeps the newest message in sight unless one has scrolled up, and what one reads in its place when older ones come. */
function useStickyEnd(firstId: string | undefined, count: number) {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef({ firstId, height: 0, top: 0, atEnd: true });
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const { firstId: oldFirst, height, top, atEnd } = before.current;
    if (oldFirst !== undefined && oldFirst !== firstId) element.scrollTop = top + element.scrollHeight - height;
    else if (atEnd) element.scrollTop = element.scrollHeight;
    before.current = { firstId, height: element.scrollHeight, top: element.scrollTop, atEnd: before.current.atEnd };
  }, [firstId, count]);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const remember = () => {
      const { scrollTop, scrollHeight, clientHeight } = element;
      const atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      before.current = { ...before.current, height: scrollHeight, top: scrollTop, atEnd };
    };
    // The panel gets smaller when an on-screen keyboard opens.
    const observer = new ResizeObserver(() => {
      if (before.current.atEnd) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    element.addEventListener('scroll', remember, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', remember);
    };
  }, []);
  return list;
}
