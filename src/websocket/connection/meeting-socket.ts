import type { Ack, Notifications, NotificationName, ReplyOf, RequestName, RequestOf } from '@minimeet/protocol';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Identity } from '../../auth/identity.js';

type ClientToServer = {
  [Name in RequestName]: (request: RequestOf<Name>, ack: (reply: Ack<ReplyOf<Name>>) => void) => void;
};

/** Set by the handshake's middleware, so every connected socket has it. */
interface SocketData {
  identity: Identity;
  /** See `clientName`. */
  client: string | null;
  /** Came with the load-test key, so that no rate limit applies. */
  isLoadTest: boolean;
}

// `Notifications` types the server's events: Socket.IO's own event maps cannot follow a generic name.
export type MeetingServer = Server<ClientToServer, DefaultEventsMap, DefaultEventsMap, SocketData>;
export type MeetingSocket = Socket<ClientToServer, DefaultEventsMap, DefaultEventsMap, SocketData>;

/** The notifications that want no ack. */
export type PlainNotification = Exclude<NotificationName, 'consumers_opened'>;
export type PayloadOf<Name extends NotificationName> = Notifications[Name];
