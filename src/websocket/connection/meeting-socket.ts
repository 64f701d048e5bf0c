import type { Ack, Notifications, NotificationName, ReplyOf, RequestName, RequestOf } from '@minimeet/protocol';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Identity } from '../../auth/identity.js';
import type { ChatSession } from '../chat/chat-session.js';
import type { MediaRequests } from '../media/media-requests.js';
import type { Moderation } from '../moderation/moderation.js';
import type { PresenceSession } from '../presence/presence-session.js';
import type { SocketSession } from '../joining/socket-session.js';

type ClientToServer = {
  [Name in RequestName]: (request: RequestOf<Name>, ack: (reply: Ack<ReplyOf<Name>>) => void) => void;
};

interface SocketData {
  /** Set by the handshake's middleware, so every connected socket has it. */
  identity: Identity;
  /** See `clientName`; set there too. */
  client: string | null;
  /** Came with the load-test key, so that no rate limit applies; set there too. */
  isLoadTest: boolean;
  /** Set when the connection is accepted. */
  session: SocketSession;
  /** Set then too. */
  chat: ChatSession;
  media: MediaRequests;
  moderation: Moderation;
  presence: PresenceSession;
}

// What the server sends is typed by `Notify`: Socket.IO's own event maps cannot follow a generic name.
export type MeetingServer = Server<ClientToServer, DefaultEventsMap, DefaultEventsMap, SocketData>;
export type MeetingSocket = Socket<ClientToServer, DefaultEventsMap, DefaultEventsMap, SocketData>;

/** The notifications that want no ack. */
export type PlainNotification = Exclude<NotificationName, 'consumers_opened'>;
export type PayloadOf<Name extends NotificationName> = Notifications[Name];
