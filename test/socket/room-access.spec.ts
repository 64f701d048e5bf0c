import type { Invite, Room } from '@minimeet/protocol';
import { ChatService } from '../../src/chat/chat.service.js';
import { RoomDoor } from '../../src/rooms/room-door.js';
import { MediaHost, type MediaPeer } from '../../src/websocket/media-host.js';
import type { Person } from '../support/person.js';
import { producerOptions } from '../support/rtp.js';
import { useServer } from '../support/server.js';

const PASSWORD = 'open sesame';

const { server, person } = useServer();
/** The host of every room. */
let ann: Person;
let bob: Person;
let undo: (() => void)[] = [];

beforeEach(async () => {
  [ann, bob] = await Promise.all([person('Ann'), person('Bob')]);
});

afterEach(() => {
  for (const restore of undo) restore();
  undo = [];
});

const roomWith = (body: object): Promise<Room> => ann.rest<Room>('POST', 'rooms', { name: 'A room', ...body });
const change = ({ slug }: Room, body: object): Promise<Room> => ann.rest<Room>('PATCH', `rooms/${slug}`, body);
const remove = ({ slug }: Room, { userId }: Person, query = ''): Promise<void> =>
  ann.rest('DELETE', `rooms/${slug}/members/${userId}${query}`);
const prepare = (room: Room) => ({ room: room.slug, rtpCapabilities: bob.welcome.routerRtpCapabilities });

/** From now on `deed` happens whenever somebody is on their way: let in by the door, not yet in the call. */
function onTheWay(deed: () => Promise<unknown>): void {
  const chat = server.app.get(ChatService, { strict: false });
  const open = chat.open.bind(chat);
  chat.open = async (...args) => {
    await deed();
    return open(...args);
  };
  undo.push(() => (chat.open = open));
}

describe('join_room', () => {
  it('takes the password of a room, until one is a member', async () => {
    const { slug } = await roomWith({ access: 'password', password: PASSWORD });
    await ann.join(slug);
    expect(await bob.refused('join_room', { room: slug })).toMatchObject({ code: 'ROOM_PASSWORD_REQUIRED' });
    const wrong = await bob.refused('join_room', { room: slug, password: 'not it' });
    expect(wrong).toMatchObject({ code: 'ROOM_PASSWORD_REQUIRED', retryable: false });
    const { room, self } = await bob.join(slug, { password: PASSWORD });
    expect(room).toMatchObject({ access: 'password', locked: false, allowUnmute: true });
    expect(self.role).toBe('member');
    expect(JSON.stringify(room)).not.toMatch(/hash|argon/i);
    await bob.request('leave_room');
    await bob.join(slug);
  });

  it('takes an invite, and uses it once', async () => {
    const { slug } = await roomWith({ access: 'invited' });
    const { token } = await ann.rest<Invite>('POST', `rooms/${slug}/invites`, { maxUses: 2 });
    expect(await bob.refused('join_room', { room: slug })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await bob.refused('join_room', { room: slug, invite: 'no invite' })).toMatchObject({
      code: 'INVITE_INVALID',
    });
    for (let time = 0; time < 3; time += 1) {
      await bob.join(slug, { invite: token });
      await bob.request('leave_room');
    }
    const { items } = await ann.rest<{ items: { uses: number }[] }>('GET', `rooms/${slug}/invites`);
    expect(items.map(({ uses }) => uses)).toEqual([1]);
  });

  it('lets nobody new into a locked room, but who is in the call already through another tab', async () => {
    const room = await roomWith({});
    await bob.join(room.slug);
    await change(room, { locked: true });
    await bob.hears('room_changed', ({ room: { locked } }) => locked);
    const cat = await person('Cat');
    expect(await cat.refused('join_room', { room: room.slug })).toMatchObject({ code: 'ROOM_LOCKED' });

    const first = bob.socket;
    await bob.connect();
    expect((await bob.join(room.slug)).room.locked).toBe(true);
    first.disconnect();
    await bob.request('leave_room');
    expect(await bob.refused('join_room', { room: room.slug })).toMatchObject({ code: 'ROOM_LOCKED' });
    expect((await ann.join(room.slug)).self.role).toBe('host');
  });

  it.each([
    ['is banned', 'BANNED', (room: Room) => remove(room, bob, '?ban=true')],
    ['is new when the room is locked', 'ROOM_LOCKED', (room: Room) => change(room, { locked: true })],
    ['wants into a room that is deleted', 'NOT_FOUND', (room: Room) => ann.rest('DELETE', `rooms/${room.slug}`)],
    [
      'is removed when the room has got a password',
      'ROOM_PASSWORD_REQUIRED',
      async (room: Room) => {
        await change(room, { access: 'password', password: PASSWORD });
        await remove(room, bob);
      },
    ],
  ])('does not let in who %s on their way in', async (_what, code, deed) => {
    const room = await roomWith({});
    let times = 0;
    onTheWay(async () => {
      times += 1;
      await deed(room);
    });
    const request = { room: room.slug, rtpCapabilities: bob.welcome.routerRtpCapabilities };
    expect(await bob.refused('join_room', request)).toMatchObject({ code });
    expect(times).toBe(1);
    await bob.fence();
    expect(bob.heardOf('consumers_opened')).toEqual([]);
    const mine = await ann.rest<{ items: Room[] }>('GET', 'rooms');
    expect(mine.items.find(({ id }) => id === room.id)?.participantCount ?? 0).toBe(0);
  });

  it('gives the role that one has got on the way in', async () => {
    const room = await roomWith({});
    await ann.join(room.slug);
    onTheWay(() => ann.rest('PATCH', `rooms/${room.slug}/members/${bob.userId}`, { role: 'moderator' }));
    expect((await bob.join(room.slug)).self.role).toBe('moderator');
  });
});

describe('prepare_media', () => {
  it.each([
    ['in the lobby', 'ADMISSION_REQUIRED', { access: 'lobby' }],
    ['without the password', 'ROOM_PASSWORD_REQUIRED', { access: 'password', password: PASSWORD }],
    ['without an invite', 'FORBIDDEN', { access: 'invited' }],
    ['in front of a locked room', 'ROOM_LOCKED', { locked: true }],
  ])('gives nothing to a stranger %s', async (_where, code, settings) => {
    const room = await roomWith({});
    await change(room, settings);
    expect(await bob.refused('prepare_media', prepare(room))).toMatchObject({ code });
    expect((await ann.request('prepare_media', prepare(room))).sendTransport.id).toBeDefined();
  });

  it('gives nothing to who is banned', async () => {
    const room = await roomWith({});
    await remove(room, bob, '?ban=true');
    expect(await bob.refused('prepare_media', prepare(room))).toMatchObject({ code: 'BANNED' });
  });

  it('opens no media before its person is let in, and is closed when they are not', async () => {
    const room = await roomWith({});
    await ann.joinWithMedia(room.slug);
    const { producerIds } = await ann.request('produce', { producers: [producerOptions('microphone')] });
    const [producerId] = producerIds;

    const media = server.app.get(MediaHost, { strict: false });
    const addPeer = media.addPeer.bind(media);
    let peer: MediaPeer | undefined;
    media.addPeer = async (...args) => (peer = await addPeer(...args));
    undo.push(() => (media.addPeer = addPeer));
    await bob.request('prepare_media', prepare(room));

    const door = server.app.get(RoomDoor, { strict: false });
    const enter = door.enter.bind(door);
    const consumersAtTheDoor: (number | undefined)[] = [];
    door.enter = async (...args) => {
      consumersAtTheDoor.push(peer?.consumers().length);
      await remove(room, bob, '?ban=true');
      // The worker answers in order: media that had been asked for before is there then.
      await ann.request('pause_producer', { producerId });
      await ann.request('resume_producer', { producerId });
      consumersAtTheDoor.push(peer?.consumers().length);
      return enter(...args);
    };
    undo.push(() => (door.enter = enter));
    expect(await bob.refused('join_room', prepare(room))).toMatchObject({ code: 'BANNED' });
    expect(consumersAtTheDoor).toEqual([0, 0]);
    expect(peer?.closed).toBe(true);
    await bob.fence();
    expect(bob.heardOf('consumers_opened')).toEqual([]);
  });
});
