import type { Room } from '@minimeet/protocol';
import { History, MessageSquare, Stethoscope } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DeviceChoice } from '../devices/DeviceChoice.js';
import type { LocalMedia } from '../devices/local-media.js';
import { Logo } from '../ui/Logo.js';
import { CheckDialog } from './CheckDialog.js';
import { Door, type DoorProps } from './Door.js';
import { GuestForm } from './GuestForm.js';
import { Preview } from './Preview.js';
import './PreJoin.css';

interface PreJoinProps extends Omit<DoorProps, 'room'> {
  media: LocalMedia;
  /** `null` for a guest, who does not see the room before they are in. */
  room: Room | null;
  signInPath: string;
}

/** One's own picture, and the way in: the room's door, or what one can do when it is closed. */
export function PreJoin({ media, room, signInPath, ...door }: PreJoinProps) {
  const { t } = useTranslation('prejoin');
  const [checking, setChecking] = useState(false);
  return (
    <div className="pre-join">
      <header className="pre-join__header">
        <Link to="/" aria-label={t('home', { ns: 'common' })}>
          <Logo />
        </Link>
      </header>
      <main className="pre-join__main">
        <section className="pre-join__preview" aria-label={t('preview')}>
          <Preview media={media} />
        </section>
        <div className="pre-join__side">
          <h1 className="pre-join__title">{room ? room.name : t('invited')}</h1>
          {room ? <Door {...door} room={room} /> : <GuestForm {...door} signInPath={signInPath} />}
          <div className="pre-join__links">
            {room?.role && (
              <>
                <Link className="pre-join__link" to={`/r/${room.slug}/chat`}>
                  <MessageSquare size={16} aria-hidden="true" /> {t('chat')}
                </Link>
                <Link className="pre-join__link" to={`/r/${room.slug}/calls`}>
                  <History size={16} aria-hidden="true" /> {t('calls')}
                </Link>
              </>
            )}
            <button type="button" className="pre-join__link" onClick={() => setChecking(true)}>
              <Stethoscope size={16} aria-hidden="true" /> {t('check')}
            </button>
          </div>
          <div className="pre-join__devices">
            <DeviceChoice media={media} />
          </div>
        </div>
      </main>
      <CheckDialog media={media} signInPath={signInPath} open={checking} onClose={() => setChecking(false)} />
    </div>
  );
}
