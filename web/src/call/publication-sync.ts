import type { Room } from '@minimeet/sdk';
import type { LocalMedia } from '../devices/local-media.js';
import type { DeviceKind } from '../devices/media-failure.js';

/**
 * Keeps the publications equal to what the devices give: publishes, mutes, exchanges and withdraws, one step at a time
 * for each device, so that clicks in quick succession end in what was clicked last.
 * @returns a function that stops it; the publications stay.
 */
export function syncPublications(room: Room, media: LocalMedia, onError: (error: unknown) => void): () => void {
  let stopped = false;
  const working: Record<DeviceKind, boolean> = { camera: false, microphone: false };
  // Changed while a step was under way: that step may have looked before the change.
  const changed: Record<DeviceKind, boolean> = { camera: false, microphone: false };

  const sync = async (kind: DeviceKind) => {
    changed[kind] = true;
    if (working[kind]) return;
    working[kind] = true;
    while (changed[kind]) {
      changed[kind] = false;
      await settle(kind);
    }
    working[kind] = false;
  };

  const settle = async (kind: DeviceKind) => {
    try {
      while (!stopped && room.connection !== 'closed' && (await step(room, media, kind)));
    } catch (error) {
      if (!stopped) onError(error);
    }
  };

  const syncBoth = () => {
    void sync('camera');
    void sync('microphone');
  };
  const offs = [
    media.subscribe(syncBoth),
    room.on('connection-changed', (state) => {
      if (state === 'connected') syncBoth();
    }),
  ];
  syncBoth();
  return () => {
    stopped = true;
    offs.forEach((off) => off());
  };
}

/** One difference less. @returns whether there may be another. */
async function step(room: Room, media: LocalMedia, kind: DeviceKind): Promise<boolean> {
  const { on, track } = media.getSnapshot()[kind];
  const publication = room.localPublications.get(kind);
  if (!publication) {
    if (!track || room.media === null) return false;
    await room.publish(track, { source: kind, paused: !on });
    return true;
  }
  if (!track) {
    await publication.close();
    return true;
  }
  if (publication.track !== track) {
    await publication.replaceTrack(track);
    return true;
  }
  if (publication.paused !== !on) {
    await (on ? publication.resume() : publication.pause());
    return true;
  }
  return false;
}
