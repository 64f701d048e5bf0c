import type { MediaSource } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { Mic, MicOff } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTitle } from '../app/use-title.js';
import { ChatPanel } from '../chat/ChatPanel.js';
import { useUnread } from '../chat/chat-store.js';
import { useChatPrefetch } from '../chat/lazy-chat.js';
import { SettingsDialog } from '../devices/SettingsDialog.js';
import type { LocalMedia, LocalMediaState } from '../devices/local-media.js';
import type { DeviceKind } from '../devices/media-failure.js';
import { useDeviceNews } from '../devices/use-device-news.js';
import { useLocalMedia } from '../devices/use-local-media.js';
import { useSpeaker } from '../devices/use-speaker.js';
import { KnockCard } from '../people/KnockCard.js';
import { PeoplePanel } from '../people/PeoplePanel.js';
import { useOwnRole } from '../people/use-own-role.js';
import { RoomDialog } from '../people/RoomDialog.js';
import { Switch } from '../ui/Switch.js';
import { Confirm } from '../ui/Confirm.js';
import { focusOf } from './arrange.js';
import { CallContexts } from './CallContexts.js';
import { CallHeader } from './CallHeader.js';
import { CallNotices } from './CallNotices.js';
import { changeCallPreferences, useCallPreferences } from './call-preferences.js';
import type { CallControls, CallDialog, DeviceControl, Panel } from './controls/call-controls.js';
import { ControlBar } from './controls/ControlBar.js';
import { InviteDialog } from './InviteDialog.js';
import { mainSpeaker } from './main-speaker.js';
import { useNetworkWatch } from './network/use-network.js';
import { useComingsAndGoings } from './news/use-comings-and-goings.js';
import { useRoleWords } from './news/use-role-words.js';
import { PipWindow } from './pip/PipWindow.js';
import { PIP_SIZE, usePictureInPicture } from './pip/use-picture-in-picture.js';
import { syncPublications } from './publication-sync.js';
import { RemoteSound } from './RemoteSound.js';
import { ShortcutsDialog } from './shortcuts/ShortcutsDialog.js';
import { usePushToTalk } from './shortcuts/use-push-to-talk.js';
import { useShortcutActions } from './shortcuts/use-shortcut-actions.js';
import { useShortcuts } from './shortcuts/use-shortcuts.js';
import { Reactions } from './signs/Reactions.js';
import { useHand, useHandWords } from './signs/use-hand.js';
import { Stage } from './Stage.js';
import { peopleTiles, screenTiles } from './tile/tile-model.js';
import { useAnnouncer } from './use-announcer.js';
import { useDeviceWords } from './use-device-words.js';
import { useFullScreen } from './use-full-screen.js';
import { useMediaSession } from './use-media-session.js';
import { useFailure, useMutedByOthers } from './use-muted-by-others.js';
import { useMutedSpeech } from './use-muted-speech.js';
import { usePins } from './use-pins.js';
import { useRoom, type RoomState } from './use-room.js';
import { useScreenShare } from './use-screen-share.js';
import { useVoiceHint } from './use-voice-hint.js';
import { useWakeLock } from './use-wake-lock.js';
import './CallScreen.css';

interface CallScreenProps {
  room: Room;
  media: LocalMedia;
  onLeave: () => void;
}

export function CallScreen({ room, media, onLeave }: CallScreenProps) {
  const { t } = useTranslation('call');
  const state = useRoom(room);
  const local = useLocalMedia(media);
  const fail = useFailure(media);
  const [dialog, setDialog] = useState<CallDialog | null>(null);
  const [panel, setPanel] = useState<Panel | null>(null);
  const unread = useUnread(room.chat);
  const screen = useScreenShare(room, fail);
  const hand = useHand(room, fail);
  const fullScreen = useFullScreen();
  const { layout, mirrored, singleKeys } = useCallPreferences();
  const pins = usePins();
  const speakerId = useMainSpeaker(state);
  const people = peopleTiles(room, local, state.others);
  const screens = screenTiles(room, state.others);
  const [large] = focusOf({ people, screens, pinned: pins.pinned, speakerId });
  const pip = usePictureInPicture(large?.track ?? null);
  const announcer = useAnnouncer();
  const ownRole = useOwnRole(room, state.self.role);

  useTitle(state.name);
  useCallSurface();
  useWakeLock();
  useChatPrefetch();
  useComingsAndGoings(room);
  useRoleWords(room);
  useHandWords(room);
  useMutedByOthers(room, media);
  useDeviceNews(media);
  const speaker = useSpeaker(local.preferences.speakerId);
  useVoiceHint(room, local.microphone.track, !local.microphone.on);
  useEffect(() => syncPublications(room, media, fail), [room, media, fail]);
  useEffect(() => room.on('error', fail), [room, fail]);

  const invite = useCallback(() => setDialog('invite'), []);
  const closePanel = useCallback(() => setPanel(null), []);
  const showPeople = useCallback(() => setPanel('people'), []);
  const showRoom = useCallback(() => setDialog('room'), []);
  const controls: CallControls = {
    microphone: deviceControl(media, local, 'microphone'),
    camera: deviceControl(media, local, 'camera'),
    share: screen.supported ? { on: screen.sharing, toggle: screen.toggle } : null,
    hand,
    react: (reaction) => void room.sendReaction(reaction).catch(fail),
    panel: { open: panel, toggle: (wanted) => setPanel(panel === wanted ? null : wanted) },
    unread,
    people: state.others.length + 1,
    waiting: state.lobby.length,
    layout: { chosen: layout, choose: (wanted) => changeCallPreferences({ layout: wanted }) },
    pictureInPicture: pip,
    fullScreen,
    show: setDialog,
    leave: onLeave,
    endForAll: state.self.role === 'host' ? () => setDialog('end') : null,
  };
  useMediaSession(controls);
  const onShortcut = useShortcutActions(controls, announcer.say);
  useShortcuts(singleKeys, onShortcut);
  const talking = usePushToTalk({
    enabled: singleKeys,
    muted: !local.microphone.on && local.microphone.track !== null,
    talk: (on) => void media.turn('microphone', on),
  });
  const mutedSpeech = useMutedSpeech(local.microphone.track, !local.microphone.on);
  useDeviceWords(controls, announcer.say);
  const network = useNetworkWatch(room);
  return (
    <CallContexts network={network} room={room} own={ownRole} say={announcer.say} onSettings={showRoom}>
      <div className="call" data-panel={panel ?? undefined}>
        <div className="call__main">
          <CallHeader name={state.name} onInvite={invite} />
          <CallNotices
            state={state}
            media={media}
            sharing={screen.sharing}
            onStopSharing={screen.toggle}
            camera={controls.camera}
            onInvite={invite}
          />
          <Stage
            room={room}
            layout={layout}
            people={people}
            screens={screens}
            pinned={pins.pinned}
            onPin={pins.toggle}
            speakerId={speakerId}
            activeSpeakers={state.activeSpeakers}
            mirrored={mirrored}
            apart={pip?.on && large ? { tile: large, rect: PIP_SIZE } : null}
          />
          <Reactions room={room} say={announcer.say} />
          {mutedSpeech && !talking && (
            <p className="call__talking call__talking--muted" role="status">
              <MicOff size={16} aria-hidden="true" /> {singleKeys ? t('mutedSpeech.keys') : t('mutedSpeech.text')}
            </p>
          )}
          {talking && (
            <p className="call__talking">
              <Mic size={16} aria-hidden="true" /> {t('talking')}
            </p>
          )}
          {panel !== 'people' && <KnockCard waiting={state.lobby} onShow={showPeople} />}
          <ControlBar controls={controls} />
        </div>
        {panel && (
          <div className="call__panel">
            {panel === 'chat' ? (
              <ChatPanel chat={room.chat} self={state.self} others={state.others} onClose={closePanel} />
            ) : (
              <PeoplePanel
                state={state}
                sends={sentSources(controls)}
                pinned={pins.pinned}
                onPin={pins.toggle}
                onInvite={invite}
                onClose={closePanel}
              />
            )}
          </div>
        )}
        <RemoteSound room={room} speakerId={speaker} />
        <InviteDialog
          room={room}
          canInvite={state.self.role !== 'guest'}
          open={dialog === 'invite'}
          onClose={() => setDialog(null)}
        />
        <SettingsDialog media={media} open={dialog === 'settings'} onClose={() => setDialog(null)}>
          <Switch
            label={t('preferences.mirrored')}
            hint={t('preferences.mirroredHint')}
            checked={mirrored}
            onChange={(on) => changeCallPreferences({ mirrored: on })}
          />
        </SettingsDialog>
        <Confirm
          open={dialog === 'end'}
          onClose={() => setDialog(null)}
          title={t('leave.endTitle')}
          text={t('leave.endText')}
          confirmLabel={t('leave.end')}
          onConfirm={() => room.endForAll()}
        />
        <RoomDialog open={dialog === 'room'} onClose={() => setDialog(null)} />
        <ShortcutsDialog open={dialog === 'shortcuts'} onClose={() => setDialog(null)} />
        {pip?.window && large && <PipWindow window={pip.window} tile={large} mirrored={mirrored} controls={controls} />}
        <p className="visually-hidden" role="status">
          {announcer.said}
        </p>
      </div>
    </CallContexts>
  );
}

function deviceControl(media: LocalMedia, local: LocalMediaState, kind: DeviceKind): DeviceControl {
  const { on, failure } = local[kind];
  return {
    working: on && failure === null,
    failed: failure !== null,
    // What is wanted and failed is tried again.
    toggle: () => void (on && failure !== null ? media.retry(kind) : media.turn(kind, !on)),
  };
}

function sentSources({ microphone, camera, share }: CallControls): Set<MediaSource> {
  const sources = { microphone: microphone.working, camera: camera.working, screen: share?.on === true };
  return new Set((['microphone', 'camera', 'screen'] as const).filter((source) => sources[source]));
}

/** Remembered while rendering, so that nobody is large for one frame who is not any more. */
function useMainSpeaker({ others, activeSpeakers }: RoomState): string | null {
  const [before, setBefore] = useState<string | null>(null);
  const now = mainSpeaker(
    before,
    others.map(({ id }) => id),
    activeSpeakers,
  );
  if (now !== before) setBefore(now);
  return now;
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
