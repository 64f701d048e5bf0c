import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatMessage } from '@minimeet/protocol';
import { describeOnEveryDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { Person } from '../support/person.js';
import { LOAD_TEST_KEY, say, wholeHistory, wordsOf } from './people.js';
import { MortalServer } from './mortal-server.js';

const SENDERS = 10;
const MESSAGES_EACH = 100;
/** As people do. */
const PAUSE_MS = 20;

/** Sends its messages one after another, each until it is acknowledged, whatever happens to the server meanwhile. */
class Sender {
  readonly acknowledged: ChatMessage[] = [];
  lostConnections = 0;

  constructor(
    private readonly person: Person,
    private readonly slug: string,
    private readonly name: string,
  ) {}

  get isConnected(): boolean {
    return this.person.socket.connected;
  }

  async sendAll(): Promise<void> {
    for (let count = 1; count <= MESSAGES_EACH; count += 1) {
      this.acknowledged.push(await this.send(`${this.name}, ${count}`));
      await sleep(PAUSE_MS);
    }
  }

  private async send(words: string): Promise<ChatMessage> {
    const id = randomUUID();
    for (let attempt = 1; ; attempt += 1) {
      // Socket.IO would keep what is sent without a connection, and never send it on another one.
      await this.reconnect();
      try {
        // Each attempt says something else: only the first that was stored counts.
        return await say(this.person, `${words}, attempt ${attempt}`, { id, room: this.slug });
      } catch {
        await sleep(PAUSE_MS);
      }
    }
  }

  private async reconnect(): Promise<void> {
    if (this.isConnected) return;
    this.lostConnections += 1;
    while (!this.isConnected) {
      await sleep(100);
      await this.person.connect().catch(() => this.person.socket.close());
    }
  }
}

describeOnEveryDatabase('1,000 messages of ten senders', (database) => {
  let server: MortalServer;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'minimeet-'));
    const settings = await database.emptyDatabase();
    server = new MortalServer({ ...settings, DATA_DIR: dataDir, PORT: String(await freePort()), LOAD_TEST_KEY });
    await server.start();
  }, 60_000);

  afterAll(async () => {
    await server.end('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  it('through a shutdown and a crash: none is lost, none is there twice, one order for all', async () => {
    const host = await Person.connected(server.origin, 'Hannah', LOAD_TEST_KEY);
    const { slug } = await host.createRoom();
    const people = await Promise.all(
      Array.from({ length: SENDERS }, (_, i) => Person.connected(server.origin, `Sender ${i}`, LOAD_TEST_KEY)),
    );
    for (const person of people) await person.join(slug);
    const senders = people.map((person, i) => new Sender(person, slug, `Sender ${i}`));
    const sending = Promise.all(senders.map((sender) => sender.sendAll()));
    const furthest = () => Math.max(...senders.map(({ acknowledged }) => acknowledged.length));
    for (const [signal, count] of [
      ['SIGTERM', 30],
      ['SIGKILL', 65],
    ] as const) {
      // Everybody is in the middle of it.
      await eventually(
        () => (furthest() >= count && senders.every(({ isConnected }) => isConnected)) || undefined,
        'nobody gets on',
        60_000,
      );
      expect(furthest()).toBeLessThan(MESSAGES_EACH);
      await server.end(signal);
      await server.start();
    }
    await sending;

    await host.connect();
    const history = await wholeHistory(host, slug);
    expect(history.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: SENDERS * MESSAGES_EACH }, (_, i) => i + 1),
    );
    const acknowledged = senders.flatMap((sender) => sender.acknowledged);
    expect(history).toEqual(acknowledged.toSorted((a, b) => a.sequence - b.sequence));
    // Everybody's own messages are in the order in which they sent them.
    for (const { acknowledged: own } of senders) {
      const numbers = own.map(({ sequence }) => sequence);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
    // The restarts were felt: otherwise this proves nothing.
    expect(Math.min(...senders.map(({ lostConnections }) => lostConnections))).toBeGreaterThanOrEqual(2);
    expect(new Set(history.map((message) => wordsOf(message).replace(/, attempt \d+$/, ''))).size).toBe(history.length);
    for (const person of [host, ...people]) person.leave();
  }, 300_000);
});
