import type { Room } from '@minimeet/protocol';
import type { Chat } from '@minimeet/sdk';
import { ArrowLeft, Search, Video } from 'lucide-react';
import { Suspense, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams } from 'react-router';
import { useTitle } from '../app/use-title.js';
import { Refusal } from '../room/Refusal.js';
import { isSignedOut } from '../session/sentences.js';
import { useUser } from '../session/session.js';
import { HintProvider, IconButton } from '../ui/IconButton.js';
import { ChatWaiting } from './ChatPanel.js';
import { ChatView } from './lazy-chat.js';
import { useOpenedChat } from './use-opened-chat.js';
import './ChatPage.css';

/** `/r/:slug/chat`: the chat of a room, without its call. */
export default function ChatPage() {
  const { slug = '' } = useParams();
  useTranslation(['chat', 'room']);
  const { t } = useTranslation();
  const user = useUser();
  const opened = useOpenedChat(slug, user?.id ?? null);
  if (!user || (opened.state === 'failed' && isSignedOut(opened.error))) {
    return <Navigate to={`/sign-in?next=${encodeURIComponent(`/r/${slug}/chat`)}`} replace />;
  }
  if (opened.state === 'failed') {
    return (
      <Refusal error={opened.error}>
        <Link className="button button--primary button--medium" to="/">
          {t('toMyRooms')}
        </Link>
      </Refusal>
    );
  }
  return (
    <HintProvider>
      <div className="chat-page">
        {opened.state === 'opening' ? (
          <ChatFrame slug={slug} name="">
            <ChatWaiting />
          </ChatFrame>
        ) : (
          <OpenChat key={slug} slug={slug} chat={opened.chat} room={opened.room} user={user} />
        )}
      </div>
    </HintProvider>
  );
}

interface OpenChatProps {
  slug: string;
  chat: Chat;
  room: Room;
  user: { id: string; displayName: string };
}

function OpenChat({ slug, chat, room, user: { id, displayName } }: OpenChatProps) {
  const { t } = useTranslation('chat');
  const [searching, setSearching] = useState(false);
  const self = useMemo(() => ({ userId: id, displayName }), [id, displayName]);
  useTitle(`${t('title')} · ${room.name}`);
  return (
    <ChatFrame
      slug={slug}
      name={room.name}
      action={
        <IconButton label={t('search.label')} aria-expanded={searching} onClick={() => setSearching(!searching)}>
          <Search size={19} aria-hidden="true" />
        </IconButton>
      }
    >
      <Suspense fallback={<ChatWaiting />}>
        <ChatView
          chat={chat}
          self={self}
          role={room.role ?? 'guest'}
          present={NOBODY}
          searching={searching}
          onSearching={setSearching}
        />
      </Suspense>
    </ChatFrame>
  );
}

const NOBODY = [] as const;

interface ChatFrameProps {
  slug: string;
  name: string;
  action?: ReactNode;
  children: ReactNode;
}

function ChatFrame({ slug, name, action, children }: ChatFrameProps) {
  const { t } = useTranslation('chat');
  return (
    <>
      <header className="chat-page__header">
        <Link className="icon-button" to="/" aria-label={t('backToMyRooms', { ns: 'common' })}>
          <ArrowLeft size={20} aria-hidden="true" />
        </Link>
        <h1 className="chat-page__title">{name || ' '}</h1>
        {action}
        <Link className="button button--primary button--small" to={`/r/${slug}`}>
          <span className="button__content">
            <Video size={17} aria-hidden="true" /> {t('toCall')}
          </span>
        </Link>
      </header>
      <main className="chat-page__main">{children}</main>
    </>
  );
}
