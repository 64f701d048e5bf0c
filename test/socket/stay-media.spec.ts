import { randomUUID } from 'node:crypto';
import type { JoinRoomReply } from '@minimeet/protocol';
import { ChatService } from '../../src/chat/chat.service.js';
import { MediaHost, type MediaPeer } from '../../src/websocket/media-host.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { producerOptions } from '../support/rtp.js';
import { useServer } from '../support/server.js';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const restore of undo.splice(0)) restore();
});

const { server, person } = useServer({ LOG_LEVEL: 'error' });
let ann: Person;
let ben: Person;
let slug: string;

beforeEach(async () => {
  [ann, ben] = [await person('Ann'), await person('Ben')];
  ({ slug } = await ann.createRoom());
  await ann.joinWithMedia(slug);
});

/** From now on media is made, and handed over only when the returned function is called. */
function holdPeers(): { made: MediaPeer[]; release: () => void } {
  const media = server.app.get(MediaHost, { strict: false });
  const addPeer = media.addPeer.bind(media);
  const made: MediaPeer[] = [];
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  media.addPeer = async (...args) => {
    const peer = await addPeer(...args);
    made.push(peer);
    await released;
    return peer;
  };
  undo.push(() => {
    media.addPeer = addPeer;
    release();
  });
  return { made, release };
}

/** As the client of a person does whose media is lost: without waiting for the reply. */
function rebuildOn({ socket, welcome }: Person): void {
  socket.emit('join_room', { room: slug, rtpCapabilities: welcome.routerRtpCapabilities });
}

const resume = (one: Person, { resumeToken }: JoinRoomReply): Promise<JoinRoomReply> =>
  one.joinWithMedia(slug, { resumeToken });

/** Behind every request that was sent before on this connection: the server has begun with those. */
const fence = (one: Person) => one.request('set_display_state', { away: false });

describe('media in the making', () => {
  it('is waited for by a connection that resumes meanwhile, which gets its own', async () => {
    const joined = await ben.joinWithMedia(slug);
    const held = holdPeers();
    rebuildOn(ben);
    await eventually(() => held.made[0], 'no media was made');
    ben.drop();
    await ben.connect();
    const resumed = resume(ben, joined);
    await fence(ben);
    held.release();

    const { self, media } = await resumed;
    expect(self.id).toBe(joined.self.id);
    expect(media?.sendTransport.id).toBe(held.made.at(-1)?.sendTransport.id);
    expect(held.made.map(({ closed }) => closed)).toEqual([true, false]);
    await ben.request('produce', { producers: [producerOptions('microphone')] });
    await ann.hears('participant_updated', ({ participant }) => participant.publications.length === 1);
    expect(ann.heardOf('participant_left')).toEqual([]);
  });

  it('is not ended by a request of the connection that another one has replaced', async () => {
    const joined = await ben.joinWithMedia(slug);
    const held = holdPeers();
    rebuildOn(ben);
    rebuildOn(ben);
    await eventually(() => held.made[0], 'no media was made');
    // Before the server knows that the old connection is lost.
    const old = ben.socket;
    await ben.connect();
    const resumed = resume(ben, joined);
    await fence(ben);
    held.release();
    const { media } = await resumed;
    await eventually(() => old.disconnected || undefined, 'the old connection was not closed');
    await ben.request('produce', { producers: [producerOptions('microphone')] });
    expect(media?.sendTransport.id).toBe(held.made.at(-1)?.sendTransport.id);
    expect(held.made.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it('is closed at once when its person is not let in after all', async () => {
    const held = holdPeers();
    const refused = ben.refused('join_room', { room: slug, rtpCapabilities: ben.welcome.routerRtpCapabilities });
    await eventually(() => held.made[0], 'no media was made');
    await ann.rest('DELETE', `rooms/${slug}/members/${ben.userId}?ban=true`);
    held.release();
    expect(await refused).toMatchObject({ code: 'BANNED' });
    expect(held.made.map(({ closed }) => closed)).toEqual([true]);
  });

  it('does not wait for the chat: a chat that fails in any way is told later', async () => {
    const chat = server.app.get(ChatService, { strict: false });
    const open = chat.open.bind(chat);
    undo.push(() => (chat.open = open));
    chat.open = () => Promise.reject(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }));
    await ann.request('chat_message', { id: randomUUID(), content: { type: 'text', text: 'hello' } });
    const joined = await ben.joinWithMedia(slug);
    expect(joined).toMatchObject({ chatPending: true, messages: [], lastReadSequence: 0 });
    expect(joined.media).toBeDefined();
    chat.open = open;
    const { messages } = await ben.request('open_chat', {});
    expect(messages.map(({ sequence }) => sequence)).toEqual([1]);
    expect((await resume(ben, joined)).chatPending).toBeUndefined();
  });
});
