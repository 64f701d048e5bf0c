import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLoaded } from '../app/use-loaded.js';
import { BanList } from '../rooms/BanList.js';
import { Invites } from '../rooms/InvitesDialog.js';
import { MemberList } from '../rooms/MemberList.js';
import { moderates } from '../rooms/room-roles.js';
import { sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';
import { Notice } from '../ui/Notice.js';
import { Tabs } from '../ui/Tabs.js';
import { useModeration } from './moderation.js';
import { RoomFacts } from './RoomFacts.js';
import { RoomForm } from './RoomForm.js';
import { RoomSwitches } from './RoomSwitches.js';

/** Guests see the settings. Members see their invitations and the members too. Hosts and moderators change it all. */
export default function RoomTabs() {
  const { t } = useTranslation(['people', 'rooms']);
  const { room, own } = useModeration();
  const isModerator = moderates(own.recorded);
  const settings = isModerator ? (
    <>
      <RoomSwitches />
      <RoomForm />
    </>
  ) : (
    <>
      {moderates(own.inCall) && <RoomSwitches />}
      <RoomFacts />
    </>
  );
  if (own.recorded === 'guest') return settings;
  return (
    <Tabs
      label={t('room.button')}
      tabs={[
        { value: 'settings', label: t('room.settings'), content: settings },
        { value: 'invites', label: t('room.invites'), content: <Invites slug={room.slug} /> },
        { value: 'members', label: t('room.members'), content: <Members /> },
        ...(isModerator ? [{ value: 'bans', label: t('room.bans'), content: <BanList slug={room.slug} /> }] : []),
      ]}
    />
  );
}

/** All who belong to the room, in the call or not, with what outlives the call. */
function Members() {
  const { room } = useModeration();
  const { value, error, reload } = useLoaded(
    useCallback(() => withApi((api) => api.room(room.slug)), [room]),
    () => null,
  );
  if (error !== null) return <Notice tone="danger">{sentenceOf(error)}</Notice>;
  return value && <MemberList room={value} onChanged={reload} />;
}
