import { useTranslation } from 'react-i18next';
import { SettingsDialog } from '../devices/SettingsDialog.js';
import type { LocalMedia } from '../devices/local-media.js';
import { RoomDialog } from '../people/RoomDialog.js';
import { Confirm } from '../ui/Confirm.js';
import { Switch } from '../ui/Switch.js';
import { changeCallPreferences, useCallPreferences } from './call-preferences.js';
import { InviteDialog } from './InviteDialog.js';
import { ShortcutsDialog } from './shortcuts/ShortcutsDialog.js';
import type { Call } from './use-call.js';

interface CallDialogsProps extends Pick<Call, 'room' | 'state' | 'opened'> {
  media: LocalMedia;
}

/** The dialogs of a call, of which one at most is open. */
export function CallDialogs({ room, state, opened, media }: CallDialogsProps) {
  const { t } = useTranslation('call');
  const { mirrored } = useCallPreferences();
  const { dialog, closeDialog } = opened;
  return (
    <>
      <InviteDialog
        room={room}
        canInvite={state.self.role !== 'guest'}
        open={dialog === 'invite'}
        onClose={closeDialog}
      />
      <SettingsDialog media={media} open={dialog === 'settings'} onClose={closeDialog}>
        <Switch
          label={t('preferences.mirrored')}
          hint={t('preferences.mirroredHint')}
          checked={mirrored}
          onChange={(on) => changeCallPreferences({ mirrored: on })}
        />
      </SettingsDialog>
      <Confirm
        open={dialog === 'end'}
        onClose={closeDialog}
        title={t('leave.endTitle')}
        text={t('leave.endText')}
        confirmLabel={t('leave.end')}
        onConfirm={() => room.endForAll()}
      />
      <RoomDialog open={dialog === 'room'} onClose={closeDialog} />
      <ShortcutsDialog open={dialog === 'shortcuts'} onClose={closeDialog} />
    </>
  );
}
