import type { Room } from '@minimeet/sdk';
import { useEffect } from 'react';
import { useTitle } from '../app/use-title.js';
import { useUnread } from '../chat/chat-store.js';
import { useChatPrefetch } from '../chat/lazy-chat.js';
import type { LocalMedia, LocalMediaState } from '../devices/local-media.js';
import type { DeviceKind } from '../devices/media-failure.js';
import { useDeviceNews } from '../devices/use-device-news.js';
import { useLocalMedia } from '../devices/use-local-media.js';
import { useOwnRole } from '../people/use-own-role.js';
import { changeCallPreferences, useCallPreferences } from './call-preferences.js';
import type { CallControls, DeviceControl } from './controls/call-controls.js';
import { useNetworkWatch } from './network/use-network.js';
import { useComingsAndGoings } from './news/use-comings-and-goings.js';
import { useRoleWords } from './news/use-role-words.js';
import { usePictureInPicture } from './pip/use-picture-in-picture.js';
import { syncPublications } from './publication-sync.js';
import { usePushToTalk } from './shortcuts/use-push-to-talk.js';
import { useShortcutActions } from './shortcuts/use-shortcut-actions.js';
import { useShortcuts } from './shortcuts/use-shortcuts.js';
import { useHand, useHandWords } from './signs/use-hand.js';
import { useAnnouncer } from './use-announcer.js';
import { useDeviceWords } from './use-device-words.js';
import { useFullScreen } from './use-full-screen.js';
import { useMediaSession } from './use-media-session.js';
import { useFailure, useMutedByOthers } from './use-muted-by-others.js';
import { useMutedSpeech } from './use-muted-speech.js';
import { useOpened } from './use-opened.js';
import { useRoom } from './use-room.js';
import { useScreenShare } from './use-screen-share.js';
import { useTiles } from './use-tiles.js';
import { useVoiceHint } from './use-voice-hint.js';
import { useWakeLock } from './use-wake-lock.js';

export type Call = ReturnType<typeof useCall>;

/**
 * All that a call is besides its picture: what goes on in the room, what one can do, what is open, and what is said of
 * it.
 */
export function useCall(room: Room, media: LocalMedia, onLeave: () => void) {
  const state = useRoom(room);
  const local = useLocalMedia(media);
  const fail = useFailure(media);
  const opened = useOpened();
  const unread = useUnread(room.chat);
  const share = useScreenShare(room, fail);
  const hand = useHand(room, fail);
  const fullScreen = useFullScreen();
  const { layout, singleKeys } = useCallPreferences();
  const tiles = useTiles(room, state, local);
  const pip = usePictureInPicture(tiles.large?.track ?? null);
  const { said, say } = useAnnouncer();
  const own = useOwnRole(room, state.self.role);
  useSurroundings(state.name);
  useNews(room, media);
  useVoiceHint(room, local.microphone.track, !local.microphone.on);
  useEffect(() => syncPublications(room, media, fail), [room, media, fail]);
  useEffect(() => room.on('error', fail), [room, fail]);
  useEffect(() => room.chat.on('error', fail), [room, fail]);

  const controls: CallControls = {
    microphone: deviceControl(media, local, 'microphone'),
    camera: deviceControl(media, local, 'camera'),
    share: share.supported ? { on: share.sharing, toggle: share.toggle } : null,
    hand,
    react: (reaction) => void room.sendReaction(reaction).catch(fail),
    panel: { open: opened.panel, toggle: opened.togglePanel },
    unread,
    people: state.others.length + 1,
    waiting: state.lobby.length,
    layout: { chosen: layout, choose: (wanted) => changeCallPreferences({ layout: wanted }) },
    pictureInPicture: pip,
    fullScreen,
    show: opened.show,
    leave: onLeave,
    endForAll: state.self.role === 'host' ? () => opened.show('end') : null,
  };
  useMediaSession(controls);
  useShortcuts(singleKeys, useShortcutActions(controls, say));
  const talking = usePushToTalk({
    enabled: singleKeys,
    muted: !local.microphone.on && local.microphone.track !== null,
    talk: (on) => void media.turn('microphone', on),
  });
  const mutedSpeech = useMutedSpeech(local.microphone.track, !local.microphone.on);
  useDeviceWords(controls, say);
  const network = useNetworkWatch(room);
  return { room, state, local, opened, share, tiles, pip, said, say, own, controls, talking, mutedSpeech, network };
}

/** The page, browser and screen around the call. */
function useSurroundings(title: string): void {
  useTitle(title);
  useCallSurface();
  useWakeLock();
  useChatPrefetch();
}

/** Tells in words what others do, and what becomes of one's devices. */
function useNews(room: Room, media: LocalMedia): void {
  useComingsAndGoings(room);
  useRoleWords(room);
  useHandWords(room);
  useMutedByOthers(room, media);
  useDeviceNews(media);
}

function deviceControl(media: LocalMedia, local: LocalMediaState, kind: DeviceKind): DeviceControl {
  const { on, failure } = local[kind];
  return {
    working: on && failure === null,
    failed: failure !== null,
    // A wanted device that failed is tried again.
    toggle: () => void (on && failure !== null ? media.retry(kind) : media.turn(kind, !on)),
  };
}

/** The whole page is dark while a call is shown, dialogs and the browser's own bar included. */
function useCallSurface(): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.surface = 'call';
    const colours = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')];
    const before = colours.map(({ content }) => content);
    for (const colour of colours) colour.content = '#0a0e0d';
    return () => {
      delete dataset.surface;
      colours.forEach((colour, index) => (colour.content = before[index] ?? ''));
    };
  }, []);
}
