import type { Room, RemoteTrack } from '@minimeet/sdk';
import { Volume2 } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.js';

interface RemoteSoundProps {
  room: Room;
  /** '' is the system's default. */
  speakerId: string;
}

/** Plays everybody's sound. A browser that wants a gesture first gets a button. */
export function RemoteSound({ room, speakerId }: RemoteSoundProps) {
  const { t } = useTranslation('call');
  const [blocked, setBlocked] = useState(false);
  const elements = useRef(new Set<HTMLAudioElement>());
  const sounds = [...room.remoteTracks.values()].filter(({ kind }) => kind === 'audio');
  const onBlocked = useCallback(() => setBlocked(true), []);
  const turnOn = () => {
    setBlocked(false);
    for (const element of elements.current) element.play().catch(onBlocked);
  };
  return (
    <>
      {sounds.map((sound) => (
        <Sound
          key={sound.consumerId}
          sound={sound}
          speakerId={speakerId}
          elements={elements.current}
          onBlocked={onBlocked}
        />
      ))}
      {blocked && (
        <Button look="primary" className="call__sound" onClick={turnOn}>
          <Volume2 size={20} aria-hidden="true" />
          {t('sound.turnOn')}
        </Button>
      )}
    </>
  );
}

interface SoundProps {
  sound: RemoteTrack;
  speakerId: string;
  elements: Set<HTMLAudioElement>;
  onBlocked: () => void;
}

function Sound({ sound, speakerId, elements, onBlocked }: SoundProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const { track } = sound;
  useEffect(() => {
    const element = audio.current;
    if (!element) return undefined;
    elements.add(element);
    element.srcObject = new MediaStream([track]);
    element.play().catch((error: unknown) => {
      // Anything else is the element going away while it starts.
      if (error instanceof Error && error.name === 'NotAllowedError') onBlocked();
    });
    return () => {
      elements.delete(element);
      element.srcObject = null;
    };
  }, [track, elements, onBlocked]);
  useEffect(() => {
    const element = audio.current;
    if (!element || !('setSinkId' in element)) return;
    // A speaker that was unplugged: the default goes on playing.
    element.setSinkId(speakerId).catch(() => undefined);
  }, [speakerId]);
  return <audio ref={audio} data-participant-id={sound.participantId} data-source={sound.source} />;
}
