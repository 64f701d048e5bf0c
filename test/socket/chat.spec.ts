import { randomUUID } from 'node:crypto';
import type { Person } from '../support/person.js';
import { useServer } from '../support/server.js';

const { person } = useServer();
let ann: Person;
let ben: Person;
let slug: string;

beforeAll(async () => {
  ann = await person('Ann');
  ben = await person('Ben');
});

beforeEach(async () => {
  ({ slug } = await ann.createRoom());
  await ann.join(slug);
  await ben.join(slug);
  ann.heard.length = 0;
  ben.heard.length = 0;
});

const text = (words: string): object => ({ type: 'text', text: words });

describe('chat in a call', () => {
  it('reaches the others, and whoever joins later', async () => {
    const id = randomUUID();
    const { message } = await ann.request('chat_message', { id, content: text('Hello <b>you</b> 👋') });
    expect(message).toMatchObject({
      id,
      sequence: 1,
      senderId: ann.userId,
      senderName: 'Ann',
      content: text('Hello <b>you</b> 👋'),
    });
    expect(await ben.hears('chat_message')).toEqual({ message });
    await ann.fence();
    expect(ann.heardOf('chat_message')).toEqual([]);

    const cleo = await person('Cleo');
    expect((await cleo.join(slug)).messages).toEqual([message]);
  });

  it('sent twice with one id is stored and heard once; the first text wins', async () => {
    const id = randomUUID();
    const first = await ann.request('chat_message', { id, content: text('first') });
    const second = await ann.request('chat_message', { id, content: text('second') });
    expect(second).toEqual(first);
    await ann.request('chat_message', { id: randomUUID(), content: text('last') });
    await ben.hears('chat_message', ({ message }) => message.sequence === 2);
    expect(ben.heardOf('chat_message').map(({ message }) => message.content)).toEqual([text('first'), text('last')]);
  });

  it("with the id of somebody else's message is refused", async () => {
    const id = randomUUID();
    await ann.request('chat_message', { id, content: text('mine') });
    expect(await ben.refused('chat_message', { id, content: text('also mine') })).toMatchObject({ code: 'CONFLICT' });
  });

  it('is still there when everybody has left', async () => {
    await ann.request('chat_message', { id: randomUUID(), content: text('remember me') });
    await ann.request('leave_room');
    await ben.request('leave_room');
    expect((await ben.join(slug)).messages.map(({ content }) => content)).toEqual([text('remember me')]);
  });

  it('keeps one order for all when many send at once', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        (i % 2 ? ann : ben).request('chat_message', { id: randomUUID(), content: text(`message ${i}`) }),
      ),
    );
    const cleo = await person('Cleo');
    const { messages } = await cleo.join(slug);
    expect(messages.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });
});
