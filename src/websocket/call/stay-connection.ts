import { type ConsumerOptions, TIMES } from '@minimeet/protocol';
import type { MeetingSocket, PayloadOf, PlainNotification } from '../connection/meeting-socket.js';

interface ConnectionListeners {
  /** The place is kept for the grace time. */
  lost: () => void;
  /** @param lostMs - how long it was lost */
  resumed: (lostMs: number) => void;
  /** Nobody came back in the grace time. */
  expired: () => void;
}

/** How the person of one stay is reached: through a socket, through none for a while, then through another. */
export class StayConnection {
  /** On the clock of `performance.now()`; `null` while the socket is there. */
  private lostAtMs: number | null = null;
  private grace: NodeJS.Timeout | undefined;

  constructor(
    private socket: MeetingSocket | null,
    private readonly channel: string,
    private readonly listeners: ConnectionListeners,
  ) {
    void socket?.join(channel);
  }

  /** A socket is there, as far as is known. */
  get isThere(): boolean {
    return this.socket !== null;
  }

  /** The Socket.IO channel of one: to leave the person out of what the others are told. */
  get socketId(): string | undefined {
    return this.socket?.id;
  }

  isThrough(socket: MeetingSocket): boolean {
    return this.socket === socket;
  }

  /** From now on the person is reached through `socket`; one that held this place before is closed. */
  attach(socket: MeetingSocket): void {
    if (this.socket === socket) return;
    const previous = this.socket;
    this.socket = socket;
    clearTimeout(this.grace);
    void socket.join(this.channel);
    // Nobody noticed yet that the old connection is lost: then it is lost from now on, for no time.
    if (this.lostAtMs === null) this.markLost();
    this.markResumed();
    // The old connection is half-open at best: its client has a new one.
    previous?.disconnect(true);
  }

  /** The socket was lost: keeps the place for the grace time. */
  detach(): void {
    this.socket = null;
    this.markLost();
    this.grace = setTimeout(() => this.listeners.expired(), TIMES.resumeGraceMs);
  }

  notify<Name extends PlainNotification>(name: Name, payload: PayloadOf<Name>): void {
    this.socket?.emit(name, payload);
  }

  /** @param confirmed - the client has opened them */
  openConsumers(consumers: ConsumerOptions[], confirmed: () => void): void {
    this.socket?.timeout(TIMES.requestTimeoutMs).emit('consumers_opened', { consumers }, (error: Error | null) => {
      if (!error) confirmed();
    });
  }

  /** The person hears what is told to them, and nothing any more that is told to the whole call. */
  leaveChannel(): void {
    clearTimeout(this.grace);
    void this.socket?.leave(this.channel);
  }

  /** The socket goes on without this stay. */
  close(): void {
    this.socket = null;
  }

  private markLost(): void {
    this.lostAtMs = performance.now();
    this.listeners.lost();
  }

  private markResumed(): void {
    const lostMs = performance.now() - (this.lostAtMs ?? performance.now());
    this.lostAtMs = null;
    this.listeners.resumed(lostMs);
  }
}
