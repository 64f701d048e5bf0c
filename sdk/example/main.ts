import { MiniMeetApi, MiniMeetClient, type RemoteTrack } from '@minimeet/sdk';

const api = new MiniMeetApi();
const secret = crypto.randomUUID();
await api.register({ email: `${secret}@example.org`, password: secret, displayName: 'A tab' });

// The first tab makes a room; open its address, with the room behind the #, in a second tab.
const slug = location.hash.slice(1) || (await api.createRoom({ name: 'Two tabs' })).slug;
location.hash = slug;

const client = new MiniMeetClient({ accessToken: () => api.accessToken() });
const room = await client.join(slug, { view: { maxTiles: 9, width: 640, height: 360 } });
room.on('track-added', show);
room.on('track-removed', ({ consumerId }) => document.getElementById(consumerId)?.remove());
room.remoteTracks.forEach(show);

const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
for (const track of stream.getTracks()) {
  await room.publish(track, { source: track.kind === 'video' ? 'camera' : 'microphone' });
}

function show({ consumerId, kind, track }: RemoteTrack): void {
  const element = document.createElement(kind === 'video' ? 'video' : 'audio');
  element.id = consumerId;
  element.autoplay = true;
  element.srcObject = new MediaStream([track]);
  document.body.append(element);
}
