import type { MediaSource } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { ChatPanel } from '../chat/ChatPanel.js';
import type { LocalMedia } from '../devices/local-media.js';
import { useSpeaker } from '../devices/use-speaker.js';
import { KnockCard } from '../people/KnockCard.js';
import { PeoplePanel } from '../people/PeoplePanel.js';
import { useCallPreferences } from './call-preferences.js';
import { CallContexts } from './CallContexts.js';
import { CallDialogs } from './CallDialogs.js';
import { CallHeader } from './CallHeader.js';
import { CallNotices } from './CallNotices.js';
import type { CallControls } from './controls/call-controls.js';
import { ControlBar } from './controls/ControlBar.js';
import { MicrophoneSigns } from './MicrophoneSigns.js';
import { PipWindow } from './pip/PipWindow.js';
import { PIP_SIZE } from './pip/use-picture-in-picture.js';
import { RemoteSound } from './RemoteSound.js';
import { Reactions } from './signs/Reactions.js';
import { Stage } from './Stage.js';
import { useCall, type Call } from './use-call.js';
import './CallScreen.css';

interface CallScreenProps {
  room: Room;
  media: LocalMedia;
  onLeave: () => void;
}

export function CallScreen({ room, media, onLeave }: CallScreenProps) {
  const call = useCall(room, media, onLeave);
  const { state, opened, controls, pip, tiles, say } = call;
  const { layout, mirrored } = useCallPreferences();
  const speaker = useSpeaker(call.local.preferences.speakerId);
  const { people, screens, pins, speakerId, large } = tiles;
  return (
    <CallContexts network={call.network} room={room} own={call.own} say={say} onSettings={opened.showRoom}>
      <div className="call" data-panel={opened.panel ?? undefined}>
        <div className="call__main">
          <CallHeader name={state.name} onInvite={opened.invite} />
          <CallNotices
            state={state}
            media={media}
            sharing={call.share.sharing}
            onStopSharing={call.share.toggle}
            camera={controls.camera}
            onInvite={opened.invite}
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
          <Reactions room={room} say={say} />
          <MicrophoneSigns talking={call.talking} mutedSpeech={call.mutedSpeech} />
          {opened.panel !== 'people' && <KnockCard waiting={state.lobby} onShow={opened.showPeople} />}
          <ControlBar controls={controls} />
        </div>
        {opened.panel && (
          <div className="call__panel">
            <OpenPanel {...call} />
          </div>
        )}
        <RemoteSound room={room} speakerId={speaker} />
        <CallDialogs room={room} state={state} opened={opened} media={media} />
        {pip?.window && large && <PipWindow window={pip.window} tile={large} mirrored={mirrored} controls={controls} />}
        <p className="visually-hidden" role="status">
          {call.said}
        </p>
      </div>
    </CallContexts>
  );
}

function OpenPanel({ room, state, opened, controls, tiles: { pins } }: Call) {
  if (opened.panel === 'chat') {
    return <ChatPanel chat={room.chat} self={state.self} others={state.others} onClose={opened.closePanel} />;
  }
  return (
    <PeoplePanel
      state={state}
      sends={sentSources(controls)}
      pinned={pins.pinned}
      onPin={pins.toggle}
      onInvite={opened.invite}
      onClose={opened.closePanel}
    />
  );
}

function sentSources({ microphone, camera, share }: CallControls): Set<MediaSource> {
  const sources = { microphone: microphone.working, camera: camera.working, screen: share?.on === true };
  return new Set((['microphone', 'camera', 'screen'] as const).filter((source) => sources[source]));
}
