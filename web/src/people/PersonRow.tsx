import type { MediaSource, Participant } from '@minimeet/protocol';
import { Coffee, Hand, Mic, MicOff, MonitorUp, SignalLow, SignalMedium, Video, VideoOff } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../call/network/use-network.js';
import { Avatar } from '../ui/Avatar.js';
import { IconButton } from '../ui/IconButton.js';
import { useModeration } from './moderation.js';
import { PersonMenu } from './PersonMenu.js';
import { powersOver } from './powers.js';

interface PersonRowProps {
  person: Participant;
  isSelf: boolean;
  /** The sources that they send unpaused. */
  sends: ReadonlySet<MediaSource>;
  /** Acts as the host, because no host is there. */
  isActing: boolean;
  speaking: boolean;
  /** Their place in the line of raised hands, from 1; `null` when it is down. */
  hand: number | null;
  pinned: boolean;
  onPin: (key: string) => void;
}

const ICON = { size: 17, role: 'img' } as const;

/** Renders only when its look has changed: in a large call somebody begins or stops to speak all the time. */
export const PersonRow = memo(PlainRow, looksTheSame);

function PlainRow(props: PersonRowProps) {
  const { person, isSelf, sends, isActing, speaking, hand, pinned, onPin } = props;
  const { t } = useTranslation('people');
  const { displayName: name, role, away } = person;
  const roleWord = isActing ? t('actingHost') : role === 'member' ? null : t(`role.${role}`, { ns: 'common' });
  const words = [isSelf ? t('you', { ns: 'common' }) : null, roleWord].filter((word) => word !== null);
  return (
    <li className="people__person" data-user-id={person.userId}>
      <Avatar name={name} size={36} picture={person.pictureUrl} />
      <span className="people__who">
        <span className="people__name">{name}</span>
        {words.length > 0 && <span className="people__role">{words.join(' · ')}</span>}
      </span>
      <span className="people__states">
        {!isSelf && <Trouble person={person} />}
        {away && <Coffee {...ICON} aria-label={t('state.away')} />}
        {hand !== null && <Hand {...ICON} className="people__hand" aria-label={t('state.hand', { place: hand })} />}
        {sends.has('screen') && <MonitorUp {...ICON} className="people__live" aria-label={t('state.screen')} />}
        {sends.has('camera') ? (
          <Video {...ICON} aria-label={t('state.cameraOn')} />
        ) : (
          <VideoOff {...ICON} className="people__off" aria-label={t('state.cameraOff')} />
        )}
        <Microphone person={person} isSelf={isSelf} on={sends.has('microphone')} speaking={speaking} />
      </span>
      <PersonMenu person={person} isSelf={isSelf} pinned={pinned} onPin={onPin} />
    </li>
  );
}

function looksTheSame({ sends, ...a }: PersonRowProps, { sends: otherSends, ...b }: PersonRowProps): boolean {
  const keys = Object.keys(a) as (keyof typeof a)[];
  return keys.every((key) => a[key] === b[key]) && [...sends].join() === [...otherSends].join();
}

interface MicrophoneProps {
  person: Participant;
  isSelf: boolean;
  on: boolean;
  speaking: boolean;
}

/** Shows whether one is heard; people who may mute somebody do it here. */
function Microphone({ person: { id, displayName: name, role }, isSelf, on, speaking }: MicrophoneProps) {
  const { t } = useTranslation('people');
  const { room, own, act } = useModeration();
  if (!on) return <MicOff {...ICON} className="people__off" aria-label={t('state.muted')} />;
  const icon = <Mic {...ICON} className={speaking ? 'people__speaking' : undefined} aria-label={t('state.unmuted')} />;
  if (isSelf || !powersOver(own, role).mute) return icon;
  return (
    <IconButton
      label={t('mutePerson', { name })}
      className="people__mute"
      onClick={() => act(() => room.muteParticipant(id, 'microphone'), t('muted.microphone', { name }))}
    >
      <Mic size={17} className={speaking ? 'people__speaking' : undefined} aria-hidden="true" />
    </IconButton>
  );
}

function Trouble({ person: { id, displayName: name } }: { person: Participant }) {
  const { t } = useTranslation('call');
  const trouble = useTrouble(id);
  if (!trouble) return null;
  const { level, what, where } = trouble;
  const Icon = level === 'bad' ? SignalLow : SignalMedium;
  return <Icon {...ICON} className="people__trouble" aria-label={t(`network.${what}.${where}`, { name })} />;
}
