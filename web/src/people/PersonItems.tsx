import type { MediaSource, Participant, ParticipantId } from '@minimeet/protocol';
import { Hand, MicOff, MonitorX, Shield, ShieldOff, Crown, UserMinus, VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRoom } from '../call/use-room.js';
import { MenuItem, MenuLine } from '../ui/Menu.js';
import { useModeration } from './moderation.js';
import { powersOver, type GivableRole } from './powers.js';

const ICON = { size: 18, 'aria-hidden': true } as const;
const MUTABLE = ['microphone', 'camera', 'screen'] as const satisfies readonly MediaSource[];
const MUTE_ICONS = { microphone: MicOff, camera: VideoOff, screen: MonitorX };
const ROLE_ICONS: Record<GivableRole, typeof Crown> = { host: Crown, moderator: Shield, member: ShieldOff };

/** The actions on somebody in the call, as items of a menu: none for people who do not moderate. */
export function PersonItems({ participantId }: { participantId: ParticipantId }) {
  const { t } = useTranslation('people');
  const { room, own, act, remove } = useModeration();
  const person = useRoom(room).others.find(({ id }) => id === participantId);
  if (!person) return null;
  const { id, displayName: name } = person;
  const powers = powersOver(own, person.role);
  const sources = powers.mute ? MUTABLE.filter((source) => isOn(person, source)) : [];
  return (
    <>
      {sources.map((source) => {
        const Icon = MUTE_ICONS[source];
        const done = t(`muted.${source}`, { name });
        return (
          <MenuItem
            key={source}
            icon={<Icon {...ICON} />}
            onSelect={() => act(() => room.muteParticipant(id, source), done)}
          >
            {t(`mute.${source}`)}
          </MenuItem>
        );
      })}
      {powers.lowerHand && person.handRaisedAt !== null && (
        <MenuItem icon={<Hand {...ICON} />} onSelect={() => act(() => room.lowerHand(id), t('hand.lowered', { name }))}>
          {t('hand.lower')}
        </MenuItem>
      )}
      {powers.roles.length > 0 && <MenuLine />}
      {powers.roles.map((role) => {
        const Icon = ROLE_ICONS[role];
        return (
          <MenuItem
            key={role}
            icon={<Icon {...ICON} />}
            onSelect={() => act(() => room.setRole(id, role), t(`made.${role}`, { name }))}
          >
            {t(`make.${role}`)}
          </MenuItem>
        );
      })}
      {powers.remove && (
        <>
          <MenuLine />
          <MenuItem icon={<UserMinus {...ICON} />} danger onSelect={() => remove(person)}>
            {t('remove.item')}
          </MenuItem>
        </>
      )}
    </>
  );
}

function isOn({ publications }: Participant, source: MediaSource): boolean {
  return publications.some((publication) => publication.source === source && !publication.paused);
}
