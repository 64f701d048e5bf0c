import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Navigate } from 'react-router';
import { useTitle } from '../app/use-title.js';
import { useAccount } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { HintProvider } from '../ui/IconButton.js';
import { Logo } from '../ui/Logo.js';
import { Notice } from '../ui/Notice.js';
import { AccountMenu } from './AccountMenu.js';
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
  const rooms = useRooms();
  const [creating, setCreating] = useState(false);
  const hour = useHour();
  return (
    <div className="rooms">
      <header className="rooms__bar">
        <Logo />
        <AccountMenu />
      </header>
      <main className="rooms__main">
        <div className="rooms__head">
          <div>
            <h1 className="rooms__title">
              {greeting(hour)}, {name.split(' ')[0]}
            </h1>
            <p className="rooms__text">Your rooms stay open: everyone with the link meets there.</p>
          </div>
          <Button look="primary" size="large" onClick={() => setCreating(true)}>
            <Plus size={20} aria-hidden="true" />
            New room
          </Button>
        </div>
        <JoinByLink />
        {rooms.problem && (
          <Notice
            tone="danger"
            action={
              <Button size="small" onClick={rooms.reload}>
                Try again
              </Button>
            }
          >
            {rooms.problem}
          </Notice>
        )}
        {!rooms.items && !rooms.problem && <RoomsSkeleton />}
        {rooms.items?.length === 0 && <EmptyRooms onCreate={() => setCreating(true)} />}
        {rooms.items && rooms.items.length > 0 && (
          <ul className="rooms__list" aria-label="My rooms">
            {rooms.items.map((room) => (
              <RoomCard key={room.id} room={room} onChanged={rooms.reload} />
            ))}
          </ul>
        )}
        {rooms.hasMore && (
          <Button className="rooms__more" onClick={rooms.loadMore}>
            Show more
          </Button>
        )}
      </main>
      <CreateRoomDialog open={creating} onOpenChange={setCreating} />
    </div>
  );
}

function RoomsSkeleton() {
  return (
    <div className="rooms__list" aria-busy="true" aria-label="Loading your rooms">
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

function greeting(hour: number): string {
  if (hour < 5 || hour >= 18) return 'Good evening';
  return hour < 12 ? 'Good morning' : 'Good afternoon';
}
