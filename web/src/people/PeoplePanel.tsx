import type { MediaSource } from '@minimeet/protocol';
import { LockKeyhole, MicOff, Settings2, UserPlus } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SidePanel } from '../call/SidePanel.js';
import type { RoomState } from '../call/use-room.js';
import { moderates } from '../rooms/room-roles.js';
import { Button } from '../ui/Button.js';
import { HandsSection } from './HandsSection.js';
import { InCallSection } from './InCallSection.js';
import { LobbySection } from './LobbySection.js';
import { MembersSection } from './MembersSection.js';
import { useModeration } from './moderation.js';
import { handsInLine } from './order.js';
import { useMembers } from './use-members.js';
import { useFocusKept } from './use-focus-kept.js';
import './PeoplePanel.css';

interface PeoplePanelProps {
  state: RoomState;
  /** The sources that one sends oneself. */
  sends: ReadonlySet<MediaSource>;
  /** Keys of tiles. */
  pinned: ReadonlySet<string>;
  onPin: (key: string) => void;
  onInvite: () => void;
  onClose: () => void;
}

/** From here on looking is slower than typing. */
const MANY = 12;

export function PeoplePanel({ state, sends, pinned, onPin, onInvite, onClose }: PeoplePanelProps) {
  const { t } = useTranslation('people');
  const [query, setQuery] = useState('');
  const body = useRef<HTMLDivElement>(null);
  useFocusKept(body);
  const { self, others, lobby } = state;
  const { room } = useModeration();
  const members = useMembers(room);
  const hands = handsInLine([self, ...others]);
  const userIds = [self, ...others].map(({ userId }) => userId).join();
  const inCall = useMemo(() => new Set(userIds.split(',')), [userIds]);
  const isSearched = Math.max(others.length, members.items?.length ?? 0) >= MANY || query !== '';
  return (
    <SidePanel title={t('title')} closeLabel={t('close')} onClose={onClose}>
      <Tools onInvite={onInvite} />
      <div ref={body} className="people" tabIndex={-1}>
        {isSearched && (
          <input
            type="search"
            className="field__input people__search"
            aria-label={t('search.label')}
            placeholder={t('search.label')}
            value={query}
            autoComplete="off"
            onChange={(event) => setQuery(event.target.value)}
          />
        )}
        <LobbySection waiting={lobby} />
        <HandsSection people={hands} selfId={self.id} />
        <InCallSection
          state={state}
          sends={sends}
          hands={hands}
          recorded={members.roles}
          query={query.trim()}
          pinned={pinned}
          onPin={onPin}
        />
        <MembersSection members={members} inCall={inCall} query={query.trim()} />
      </div>
    </SidePanel>
  );
}

function Tools({ onInvite }: { onInvite: () => void }) {
  const { t } = useTranslation('people');
  const { room, own, muteAll, showSettings } = useModeration();
  return (
    <div className="people__tools" role="group" aria-label={t('tools')}>
      <Button size="small" onClick={onInvite}>
        <UserPlus size={16} aria-hidden="true" /> {t('invite')}
      </Button>
      {moderates(own.inCall) && (
        <Button size="small" onClick={muteAll}>
          <MicOff size={16} aria-hidden="true" /> {t('muteAll.item')}
        </Button>
      )}
      <Button size="small" onClick={showSettings}>
        {room.settings.locked ? (
          <LockKeyhole size={16} aria-hidden="true" />
        ) : (
          <Settings2 size={16} aria-hidden="true" />
        )}
        {t('room.button')}
        {room.settings.locked && <span className="visually-hidden">, {t('room.isLocked')}</span>}
      </Button>
    </div>
  );
}
