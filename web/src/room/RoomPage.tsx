import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useParams, useSearchParams } from 'react-router';
import { MessagePage } from '../app/MessagePage.js';
import { useTitle } from '../app/use-title.js';
import { WaitingPage } from '../app/WaitingPage.js';
import { CallScreen } from '../call/CallScreen.js';
import { LocalMedia } from '../devices/local-media.js';
import { PreJoin } from '../prejoin/PreJoin.js';
import { Refusal } from './Refusal.js';
import { endWords } from './end-words.js';
import { useAccess } from './use-access.js';
import { useVisit } from './use-visit.js';
import { CallClientContext } from '../session/live.js';
import { useAccount } from '../session/session.js';
import { Button } from '../ui/Button.js';
import { HintProvider } from '../ui/IconButton.js';

/** `/r/:slug`: the pre-join screen, the call, and what comes after it. */
export default function RoomPage() {
  const { slug = '' } = useParams();
  const [search] = useSearchParams();
  // All that the visit may say is here before it begins: the call does not wait for its words.
  useTranslation(['room', 'prejoin', 'devices', 'call', 'chat', 'people']);
  return (
    <HintProvider>
      <RoomVisit key={slug} slug={slug} invite={search.get('invite')} />
    </HintProvider>
  );
}

function RoomVisit({ slug, invite }: { slug: string; invite: string | null }) {
  const [media] = useState(() => new LocalMedia());
  const { t } = useTranslation('room');
  const { visit, join, joining, failure, leave, stopWaiting, again } = useVisit(slug, invite, media);
  const access = useAccess(slug, invite, visit.phase !== 'in' && visit.phase !== 'over');
  const { pathname, search } = useLocation();
  const account = useAccount();
  useTitle(access.state === 'known' ? access.room.name : t('meeting', { ns: 'prejoin' }));
  useDevicesWhile(media, visit.phase !== 'over' && (access.state === 'known' || access.state === 'guest'));

  if (visit.phase === 'in') {
    return (
      <CallClientContext value={visit.client}>
        <CallScreen room={visit.room} media={media} onLeave={leave} />
      </CallClientContext>
    );
  }
  if (visit.phase === 'over') {
    const { title, text, canRejoin } = endWords(visit.reason);
    return (
      <MessagePage title={t(title)} text={t(text)}>
        {canRejoin && (
          <Button look="primary" onClick={again}>
            {t('joinAgain')}
          </Button>
        )}
        {account && (
          <Link className="button button--secondary button--medium" to="/">
            {t('backToMyRooms', { ns: 'common' })}
          </Link>
        )}
      </MessagePage>
    );
  }
  switch (access.state) {
    case 'looking':
      return <WaitingPage />;
    case 'sign-in':
      return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
    case 'refused':
      return (
        <Refusal error={access.error}>
          <Link className="button button--primary button--medium" to="/">
            {t('toMyRooms', { ns: 'common' })}
          </Link>
        </Refusal>
      );
    case 'known':
    case 'guest':
      return (
        <PreJoin
          media={media}
          room={access.state === 'known' ? access.room : null}
          signInPath={`/sign-in?next=${encodeURIComponent(pathname + search)}`}
          invited={invite !== null}
          phase={visit.phase}
          joining={joining}
          failure={failure}
          onJoin={join}
          onStopWaiting={stopWaiting}
        />
      );
  }
}

/** The camera and the microphone are open on the pre-join screen and in the call, and not a moment longer. */
function useDevicesWhile(media: LocalMedia, wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return undefined;
    void media.start();
    return () => media.stop();
  }, [media, wanted]);
}
