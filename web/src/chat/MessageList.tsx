import type { ChatMessage, MessageId } from '@minimeet/protocol';
import { ArrowDown, MessageSquareText } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.js';
import { Button } from '../ui/Button.js';
import { useChatDesk, type OpenOverlay } from './chat-desk.js';
import { Message } from './Message.js';
import { MessageMenu } from './MessageMenu.js';
import type { MessageSource } from './message-source.js';
import type { Outgoing } from './outbox.js';
import { OutgoingMessage } from './OutgoingMessage.js';
import { ReactionPicker } from './ReactionPicker.js';
import { rowsOf, type Row } from './rows.js';
import { MessageSkeleton } from './MessageSkeleton.js';
import { SystemLine } from './SystemLine.js';
import { useNearEdge } from './use-near-edge.js';
import { useScroll } from './use-scroll.js';
import './MessageList.css';

/** A message that is to be shown, and looks found for a moment. */
export interface Target {
  id: MessageId;
}

interface MessageListProps {
  source: MessageSource;
  outgoing: readonly Outgoing[];
  /** A read mark: the messages after it are headed as new; `null` without such a line. */
  newAfter: number | null;
  unread: number;
  target: Target | null;
  /** The newest message is in sight, or not any more. */
  onAtEnd: (atEnd: boolean) => void;
}

/** The menu or picker that is open beside a message, with the message's row. */
interface Overlay {
  kind: 'menu' | 'picker';
  message: ChatMessage;
  row: HTMLElement;
}

const FOUND_MS = 2_500;

export function MessageList({ source, outgoing, newAfter, unread, target, onAtEnd }: MessageListProps) {
  const { t } = useTranslation('chat');
  const { self } = useChatDesk();
  const { messages, hasNewer } = source;
  const rows = rowsOf(messages, newAfter, self.userId);
  const {
    list,
    rows: rowList,
    atEnd,
    toEnd,
    toRow,
  } = useScroll(`${messages[0]?.id} ${rows.length} ${outgoing.length}`, !hasNewer);
  const found = useTarget(list, target, messages);
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const onOverlay = useCallback<OpenOverlay>((kind, message, within) => {
    const row = within.closest<HTMLElement>('[data-message-id]');
    if (row) setOverlay({ kind, message, row });
  }, []);
  // The menu closes after it has opened the picker.
  const close = useCallback((kind: Overlay['kind']) => setOverlay((open) => (open?.kind === kind ? null : open)), []);

  useBeginAtNew(list, newAfter !== null, toRow);
  useEffect(() => onAtEnd(atEnd && !hasNewer), [atEnd, hasNewer, onAtEnd]);
  // One's own message is where one looks next.
  const sent = outgoing.length;
  const sentBefore = useRef(sent);
  useLayoutEffect(() => {
    if (sent > sentBefore.current) toEnd('instant');
    sentBefore.current = sent;
  }, [sent, toEnd]);

  const isEmpty = messages.length === 0 && outgoing.length === 0;
  return (
    <div className="messages-frame">
      {/* New ones are announced apart from the list: it would read out the whole history as it is scrolled. */}
      <div
        ref={list}
        className="messages"
        role="log"
        aria-live="off"
        aria-label={t('messages')}
        tabIndex={0}
        onKeyDown={moveFocus}
      >
        {source.hasOlder && <Edge load={source.loadOlder} version={messages[0]?.id ?? ''} />}
        {isEmpty && !hasNewer && (
          <div className="messages__empty">
            <MessageSquareText size={32} aria-hidden="true" />
            <p>{t('empty')}</p>
          </div>
        )}
        <ol ref={rowList} className="messages__list">
          {rows.map((row) => (
            <RowView key={row.key} row={row} foundId={found} onOverlay={onOverlay} />
          ))}
          {outgoing.map((one) => (
            <OutgoingMessage key={one.id} outgoing={one} />
          ))}
        </ol>
        {hasNewer && <Edge load={source.loadNewer} version={messages.at(-1)?.id ?? ''} />}
      </div>
      {!atEnd && !hasNewer && (
        <Button className="messages__to-end" size="small" onClick={() => toEnd()}>
          <ArrowDown size={16} aria-hidden="true" />
          {unread > 0 ? t('newMessages', { count: unread }) : t('toNewest')}
        </Button>
      )}
      <MessageMenu
        open={overlay?.kind === 'menu' ? overlay : null}
        onClose={() => close('menu')}
        onPick={(message, row) => setOverlay({ kind: 'picker', message, row })}
      />
      <ReactionPicker open={overlay?.kind === 'picker' ? overlay : null} onClose={() => close('picker')} />
    </div>
  );
}

function RowView({ row, foundId, onOverlay }: { row: Row; foundId: MessageId | null; onOverlay: OpenOverlay }) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  switch (row.kind) {
    case 'day':
      return <li className="messages__day">{format.day(row.at)}</li>;
    case 'new':
      return (
        <li className="messages__new">
          <span>{t('new')}</span>
        </li>
      );
    case 'message': {
      const { message, follows } = row;
      if (message.content.type === 'system' && message.deletedAt === null) {
        return <SystemLine message={message} content={message.content} />;
      }
      return <Message message={message} follows={follows} found={message.id === foundId} onOverlay={onOverlay} />;
    }
  }
}

/** Fetches the messages before or after when one comes near. */
function Edge({ load, version }: { load: () => Promise<void>; version: string }) {
  const { t } = useTranslation('chat');
  const edge = useRef<HTMLDivElement>(null);
  const { failed, retry } = useNearEdge(edge, load, version);
  return (
    <div ref={edge} className="messages__edge">
      {failed ? (
        <Button size="small" onClick={retry}>
          {t('loadFailed')}
        </Button>
      ) : (
        <MessageSkeleton rows={2} />
      )}
    </div>
  );
}

/** Brings a message into sight, as soon as it is here. @returns which one looks found. */
function useTarget(
  list: RefObject<HTMLDivElement | null>,
  target: Target | null,
  messages: readonly ChatMessage[],
): MessageId | null {
  const [found, setFound] = useState<MessageId | null>(null);
  const done = useRef<Target | null>(null);
  useLayoutEffect(() => {
    if (!target || done.current === target) return;
    const element = list.current?.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(target.id)}"]`);
    if (!element) return;
    done.current = target;
    element.scrollIntoView({ block: 'center' });
    element.focus({ preventScroll: true });
    setFound(target.id);
  }, [list, target, messages]);
  useEffect(() => {
    if (found === null) return undefined;
    const timer = setTimeout(() => setFound(null), FOUND_MS);
    return () => clearTimeout(timer);
  }, [found]);
  return found;
}

/** The first look is at the first message that one has not read. */
function useBeginAtNew(
  list: RefObject<HTMLDivElement | null>,
  hasNew: boolean,
  toRow: (row: HTMLElement) => void,
): void {
  const wanted = useRef(hasNew);
  useLayoutEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    const line = list.current?.querySelector<HTMLElement>('.messages__new');
    if (line) toRow(line);
  }, [list, toRow]);
}

/** Arrows lead from message to message. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const { currentTarget: list, target, key } = event;
  if (!(target instanceof HTMLElement) || (target !== list && !target.matches('[data-message-id]'))) return;
  const all = [...list.querySelectorAll<HTMLElement>('li.message[data-message-id]')];
  const at = all.indexOf(target);
  const next = { ArrowUp: at < 0 ? all.length - 1 : at - 1, ArrowDown: at + 1, End: all.length - 1 }[key];
  // From the list itself the arrow down scrolls.
  if (next === undefined || (at < 0 && key !== 'ArrowUp')) return;
  const element = all[next];
  if (!element) return;
  event.preventDefault();
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'nearest' });
}
