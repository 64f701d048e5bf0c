import type { MeetingSocket } from './meeting-socket.js';

/** One value a connection. It is kept beside the connection, so that the connection's type names none of its users. */
export class PerSocket<Value extends object> {
  private readonly values = new WeakMap<MeetingSocket, Value>();

  set(socket: MeetingSocket, value: Value): void {
    this.values.set(socket, value);
  }

  /** @throws Error for a connection that has none. */
  of(socket: MeetingSocket): Value {
    const value = this.values.get(socket);
    if (!value) throw new Error('This connection was never opened.');
    return value;
  }
}
