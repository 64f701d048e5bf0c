import type { Room } from '@minimeet/sdk';
import { useCallback, useEffect, useState } from 'react';
import { useTitle } from '../app/use-title.js';
import { ChatPanel } from '../chat/ChatPanel.js';
import { useChat } from '../chat/use-chat.js';
import { SettingsDialog } from '../devices/SettingsDialog.js';
import type { LocalMedia } from '../devices/local-media.js';
import { useLocalMedia } from '../devices/use-local-media.js';
import { sentenceOf } from '../session/sentences.js';
import { useToast } from '../ui/Toasts.js';
import { CallHeader } from './CallHeader.js';
import { CallNotices } from './CallNotices.js';
import { ControlBar } from './ControlBar.js';
import { InviteDialog } from './InviteDialog.js';
import { syncPublications } from './publication-sync.js';
import { RemoteSound } from './RemoteSound.js';
import { Stage } from './Stage.js';
import { peopleTiles, screenTiles } from './tile-model.js';
import { useComingsAndGoings } from './use-comings-and-goings.js';
import { useRoom } from './use-room.js';
import { useScreenShare } from './use-screen-share.js';
import { useVoiceHint } from './use-voice-hint.js';
import './CallScreen.css';

interface CallScreenProps {
  room: Room;
  media: LocalMedia;
  onLeave: () => void;
}

export function CallScreen({ room, media, onLeave }: CallScreenProps) {
  const state = useRoom(room);
  const local = useLocalMedia(media);
  const toast = useToast();
  const fail = useCallback((error: unknown) => toast(sentenceOf(error)), [toast]);
  const [dialog, setDialog] = useState<'invite' | 'settings' | null>(null);
  const [chatOpen, setChatOpen] = useState(false);
  const chat = useChat(room, state.messages, chatOpen);
  const screen = useScreenShare(room, fail);

  useTitle(state.name);
  useCallSurface();
  useComingsAndGoings(room);
  useVoiceHint(room, local.microphone.track, !local.microphone.on);
  useEffect(() => syncPublications(room, media, fail), [room, media, fail]);
  useEffect(() => room.on('error', fail), [room, fail]);

  const turn = (kind: 'camera' | 'microphone') => {
    const { on, failure } = local[kind];
    if (on && failure !== null) void media.retry(kind);
    else void media.turn(kind, !on);
  };
  return (
    <div className="call" data-chat={chatOpen ? '' : undefined}>
      <div className="call__main">
        <CallHeader name={state.name} others={state.others} self={state.self} onInvite={() => setDialog('invite')} />
        <CallNotices
          state={state}
          media={media}
          sharing={screen.sharing}
          onStopSharing={screen.toggle}
          onInvite={() => setDialog('invite')}
        />
        <Stage
          room={room}
          people={peopleTiles(room, local, state.others)}
          screens={screenTiles(room, state.others)}
          activeSpeakers={state.activeSpeakers}
        />
        <ControlBar
          local={local}
          onMicrophone={() => turn('microphone')}
          onCamera={() => turn('camera')}
          screen={screen}
          chat={{ open: chatOpen, unread: chat.unread, toggle: () => setChatOpen(!chatOpen) }}
          onSettings={() => setDialog('settings')}
          onLeave={onLeave}
        />
      </div>
      {chatOpen && <ChatPanel chat={chat} selfUserId={state.self.userId} onClose={() => setChatOpen(false)} />}
      <RemoteSound room={room} speakerId={local.preferences.speakerId} />
      <InviteDialog
        room={room}
        canInvite={state.self.role !== 'guest'}
        open={dialog === 'invite'}
        onClose={() => setDialog(null)}
      />
      <SettingsDialog media={media} open={dialog === 'settings'} onClose={() => setDialog(null)} />
    </div>
  );
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
