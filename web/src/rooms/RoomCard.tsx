import type { Room } from '@minimeet/protocol';
import { DoorClosed, KeyRound, Lock, Mail, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { RoomMenu } from './RoomMenu.js';
import { RoomPeople } from './RoomPeople.js';
import './RoomCard.css';

export function RoomCard({ room, onChanged }: { room: Room; onChanged: () => void }) {
  const { t } = useTranslation('rooms');
  const { name, slug, unreadCount } = room;
  const live = room.participantCount > 0;
  return (
    <li className="room-card" data-unread={unreadCount > 0 ? '' : undefined}>
      <div className="room-card__head">
        <h2 className="room-card__name">{name}</h2>
        <RoomMenu room={room} onChanged={onChanged} />
      </div>
      <p className="room-card__door">
        <Door room={room} />
      </p>
      <RoomPeople room={room} />
      <div className="room-card__foot">
        <Link
          className="button button--medium button--quiet room-card__link"
          to={`/r/${slug}/chat`}
          aria-label={
            unreadCount > 0 ? t('card.unread', { room: name, count: unreadCount }) : t('card.chatOf', { room: name })
          }
        >
          {t('card.chat')}
          {unreadCount > 0 && (
            <span
              className="room-card__unread"
              aria-hidden="true"
              data-count={unreadCount > 99 ? '99+' : String(unreadCount)}
            />
          )}
        </Link>
        <Link
          className="button button--medium button--quiet room-card__link"
          to={`/r/${slug}/calls`}
          aria-label={t('card.callsOf', { room: name })}
        >
          {t('card.calls')}
        </Link>
        <Link
          className={`button button--medium room-card__join ${live ? 'button--primary' : 'button--secondary'}`}
          to={`/r/${slug}`}
          aria-label={t('card.joinRoom', { room: name })}
        >
          {t('card.join')}
        </Link>
      </div>
    </li>
  );
}

const DOORS: Record<Room['access'], LucideIcon | null> = {
  open: null,
  invited: Mail,
  password: KeyRound,
  lobby: DoorClosed,
};

/** Says who may come in, with an icon where that is not everybody. */
function Door({ room: { access, locked } }: { room: Room }) {
  const { t } = useTranslation('rooms');
  const Icon = locked ? Lock : DOORS[access];
  return (
    <>
      {Icon && <Icon size={14} aria-hidden="true" />}
      {locked ? t('card.locked') : t(`access.${access}.title`)}
    </>
  );
}
