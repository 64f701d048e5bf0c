import type { Room } from '@minimeet/protocol';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePresences } from '../session/live.js';
import { Avatar } from '../ui/Avatar.js';
import { PresenceDot } from '../ui/PresenceDot.js';
import { useSeen } from '../ui/use-seen.js';
import { useRoomPeople } from './use-room-people.js';
import './RoomPeople.css';

const FACES = 5;
const NAMES = 3;

/**
 * The faces of a room's people and whether they are there; during a call, the people in it. Its height does not depend
 * on what is known.
 */
export function RoomPeople({ room }: { room: Room }) {
  const { t } = useTranslation('rooms');
  const box = useRef<HTMLDivElement>(null);
  const people = useRoomPeople(room, useSeen(box));
  const faces = useMemo(() => people.slice(0, FACES), [people]);
  const presences = usePresences(useMemo(() => faces.map(({ userId }) => userId), [faces]));
  const inCall = people.filter((person) => person.inCall).map(({ displayName }) => displayName);
  const more = inCall.length - NAMES;
  const names = inCall.slice(0, NAMES).join(', ');
  return (
    <div className="room-people" ref={box}>
      <ul className="room-people__faces" aria-label={t('card.people', { room: room.name })}>
        {faces.map(({ userId, displayName, pictureUrl, inCall: isInCall }) => {
          const status = isInCall ? 'in-call' : presences.get(userId)?.status;
          return (
            <li key={userId} className="room-people__face">
              <Avatar name={displayName} size={30} picture={pictureUrl} />
              <span className="visually-hidden">{displayName}</span>
              {status && <PresenceDot status={status} />}
            </li>
          );
        })}
      </ul>
      {room.participantCount > 0 ? (
        <p className="room-people__state" data-live="">
          {inCall.length === 0
            ? t('card.live', { count: room.participantCount })
            : t('card.inCall', { names: more > 0 ? `${names} ${t('card.peopleMore', { count: more })}` : names })}
        </p>
      ) : (
        <p className="room-people__state">{t('card.quiet')}</p>
      )}
    </div>
  );
}
