import type { Room } from '@minimeet/protocol';
import { LIMITS } from '@minimeet/protocol';
import type { TFunction } from 'i18next';
import { History } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DeviceChoice } from '../devices/DeviceChoice.js';
import type { LocalMedia } from '../devices/local-media.js';
import { Button } from '../ui/Button.js';
import { Field } from '../ui/Field.js';
import { Logo } from '../ui/Logo.js';
import { Notice } from '../ui/Notice.js';
import { Preview } from './Preview.js';
import './PreJoin.css';

interface PreJoinProps {
  media: LocalMedia;
  /** `null` for a guest, who does not see the room before they are in. */
  room: Room | null;
  signInPath: string;
  joining: boolean;
  problem: string | null;
  /** @param guestName `null` for who is signed in. */
  onJoin: (guestName: string | null) => void;
}

export function PreJoin({ media, room, signInPath, joining, problem, onJoin }: PreJoinProps) {
  const { t } = useTranslation('prejoin');
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
        <section className="pre-join__side">
          <h1 className="pre-join__title">{room ? room.name : t('invited')}</h1>
          <p className="pre-join__text">{room ? whoIsThere(t, room.participantCount) : t('guestText')}</p>
          {problem && <Notice tone="danger">{problem}</Notice>}
          {room ? (
            <Button look="primary" size="large" className="pre-join__join" busy={joining} onClick={() => onJoin(null)}>
              {t('join')}
            </Button>
          ) : (
            <GuestForm joining={joining} signInPath={signInPath} onJoin={onJoin} />
          )}
          {room && (
            <Link className="pre-join__calls" to={`/r/${room.slug}/calls`}>
              <History size={16} aria-hidden="true" /> {t('calls')}
            </Link>
          )}
          <div className="pre-join__devices">
            <DeviceChoice media={media} />
          </div>
        </section>
      </main>
    </div>
  );
}

function whoIsThere(t: TFunction<'prejoin'>, count: number): string {
  return count === 0 ? t('nobody') : t('there', { count });
}

interface GuestFormProps {
  joining: boolean;
  signInPath: string;
  onJoin: (guestName: string) => void;
}

function GuestForm({ joining, signInPath, onJoin }: GuestFormProps) {
  const { t } = useTranslation('prejoin');
  const [name, setName] = useState('');
  return (
    <form
      className="pre-join__guest"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() && !joining) onJoin(name.trim());
      }}
    >
      <Field
        label={t('yourName')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={LIMITS.displayNameLength}
        autoComplete="name"
        required
        autoFocus
      />
      <Button type="submit" look="primary" size="large" className="pre-join__join" busy={joining}>
        {t('joinAsGuest')}
      </Button>
      <p className="pre-join__text pre-join__sign-in">
        {t('haveAccount')} <Link to={signInPath}>{t('signIn')}</Link>
      </p>
    </form>
  );
}
