import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { AppBar } from '../app/AppBar.js';
import { useTitle } from '../app/use-title.js';
import { sentenceOf } from '../session/sentences.js';
import { useAccount } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { HintProvider } from '../ui/IconButton.js';
import { Notice } from '../ui/Notice.js';
import { CreateRoomDialog } from './CreateRoomDialog.js';
import { EmptyRooms } from './EmptyRooms.js';
import { JoinByLink } from './JoinByLink.js';
import { RoomCard } from './RoomCard.js';
import { useRooms } from './use-rooms.js';
import './RoomsPage.css';

export default function RoomsPage() {
  useTitle('MiniMeet');
  const account = useAccount();
  if (!account) return <Navigate to="/sign-in" replace />;
  return (
    <HintProvider>
      <MyRooms name={account.displayName} />
    </HintProvider>
  );
}

function MyRooms({ name }: { name: string }) {
  const { t } = useTranslation('rooms');
  const rooms = useRooms();
  const [creating, setCreating] = useState(false);
  const hour = useHour();
  return (
    <div className="rooms">
      <AppBar />
      <main className="rooms__main">
        <div className="rooms__head">
          <div>
            <h1 className="rooms__title">{t(`greeting.${partOfDay(hour)}`, { name: name.split(' ')[0] ?? name })}</h1>
            <p className="rooms__text">{t('text')}</p>
          </div>
          <Button look="primary" size="large" onClick={() => setCreating(true)}>
            <Plus size={20} aria-hidden="true" />
            {t('new')}
          </Button>
        </div>
        <JoinByLink />
        {rooms.error !== null && (
          <Notice
            tone="danger"
            action={
              <Button size="small" onClick={rooms.reload}>
                {t('tryAgain', { ns: 'common' })}
              </Button>
            }
          >
            {sentenceOf(rooms.error)}
          </Notice>
        )}
        {!rooms.items && rooms.error === null && <RoomsSkeleton />}
        {rooms.items?.length === 0 && <EmptyRooms onCreate={() => setCreating(true)} />}
        {rooms.items && rooms.items.length > 0 && (
          <ul className="rooms__list" aria-label={t('myRooms', { ns: 'common' })}>
            {rooms.items.map((room) => (
              <RoomCard key={room.id} room={room} onChanged={rooms.reload} />
            ))}
          </ul>
        )}
        {rooms.hasMore && (
          <Button className="rooms__more" busy={rooms.busy} onClick={rooms.loadMore}>
            {t('more')}
          </Button>
        )}
      </main>
      <CreateRoomDialog open={creating} onOpenChange={setCreating} />
    </div>
  );
}

function RoomsSkeleton() {
  const { t } = useTranslation('rooms');
  return (
    <div className="rooms__list" aria-busy="true" aria-label={t('loading')}>
      {[1, 2, 3].map((place) => (
        <div key={place} className="rooms__skeleton" />
      ))}
    </div>
  );
}

/** The hour of the day, 0–23; follows the clock while the page stays open. */
function useHour(): number {
  const [hour, setHour] = useState(() => new Date().getHours());
  useEffect(() => {
    const timer = setInterval(() => setHour(new Date().getHours()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return hour;
}

function partOfDay(hour: number): 'morning' | 'afternoon' | 'evening' {
  if (hour < 5 || hour >= 18) return 'evening';
  return hour < 12 ? 'morning' : 'afternoon';
}
