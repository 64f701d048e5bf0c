import { randomUUID } from 'node:crypto';

/** Beginnings of Engine.IO and Socket.IO packets (4 and 5): https://socket.io/docs/v4/socket-io-protocol/ */
const CONNECT = '40';
const EVENT = '42';
const ACK = '43';
const PING = '2';
const PONG = '3';
const NEWS = `${EVENT}["chat_message"`;

/**
 * One connection as a client library would have it. It reads as little as possible: a hundred of them share the machine
 * with the server under measurement.
 */
export class ChatClient {
  /** `chat_message` notifications so far. */
  heard = 0;
  private readonly answers = new Map<number, (answer: string) => void>();
  private lastRequest = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => this.take(String(data)));
  }

  static async connect(origin: string, auth: object): Promise<ChatClient> {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const client = new ChatClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => socket.send(CONNECT + JSON.stringify(auth)));
      socket.addEventListener('close', () => reject(new Error('The server refused a connection.')));
      socket.addEventListener('message', ({ data }) => {
        if (String(data).startsWith(CONNECT)) resolve();
      });
    });
    return client;
  }

  /** @returns its ack, which has to say that it went well */
  async request(name: string, payload: object): Promise<void> {
    const id = (this.lastRequest += 1);
    const answer = new Promise<string>((resolve) => this.answers.set(id, resolve));
    this.socket.send(`${EVENT}${id}${JSON.stringify([name, payload])}`);
    const text = await answer;
    if (!text.startsWith('[{"ok":true')) throw new Error(`${name}: ${text}`);
  }

  say(room: string, text: string): Promise<void> {
    return this.request('chat_message', { room, id: randomUUID(), content: { type: 'text', text } });
  }

  close(): void {
    this.socket.close();
  }

  private take(packet: string): void {
    if (packet.startsWith(NEWS)) this.heard += 1;
    else if (packet.startsWith(ACK)) this.settle(packet.slice(ACK.length));
    else if (packet === PING) this.socket.send(PONG);
    // The server asks whether what it told has come; the other side of the comparison does not.
    else if (/^42\d/.test(packet)) this.socket.send(`${ACK}${/^\d+/.exec(packet.slice(EVENT.length))?.[0] ?? ''}[]`);
  }

  private settle(packet: string): void {
    const start = packet.indexOf('[');
    const id = Number(packet.slice(0, start));
    this.answers.get(id)?.(packet.slice(start));
    this.answers.delete(id);
  }
}
