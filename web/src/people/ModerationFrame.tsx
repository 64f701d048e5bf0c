import type { Participant } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../session/sentences.js';
import { Confirm } from '../ui/Confirm.js';
import { useToast } from '../ui/Toasts.js';
import { ModerationContext, type Moderation } from './moderation.js';
import type { OwnRole } from './powers.js';
import { RemoveDialog } from './RemoveDialog.js';

interface ModerationFrameProps {
  room: Room;
  own: OwnRole;
  /** To screen readers. */
  say: (text: string) => void;
  onSettings: () => void;
  children: ReactNode;
}

/** Lets everything in the call moderate, and asks before an action that cannot be taken back. */
export function ModerationFrame({ room, own, say, onSettings, children }: ModerationFrameProps) {
  const { t } = useTranslation('people');
  const toast = useToast();
  const [removed, setRemoved] = useState<Participant | null>(null);
  const [dialog, setDialog] = useState<'remove' | 'mute' | null>(null);
  const act = useCallback<Moderation['act']>(
    (action, done) => {
      action().then(
        () => done !== undefined && say(done),
        (error: unknown) => toast(sentenceOf(error)),
      );
    },
    [say, toast],
  );
  const remove = useCallback((person: Participant) => {
    setRemoved(person);
    setDialog('remove');
  }, []);
  const muteAll = useCallback(() => setDialog('mute'), []);
  const { inCall, recorded } = own;
  const moderation = useMemo<Moderation>(
    () => ({ room, own: { inCall, recorded }, act, remove, muteAll, showSettings: onSettings }),
    [room, inCall, recorded, act, remove, muteAll, onSettings],
  );
  return (
    <ModerationContext value={moderation}>
      {children}
      {removed && <RemoveDialog person={removed} open={dialog === 'remove'} onClose={() => setDialog(null)} />}
      <Confirm
        open={dialog === 'mute'}
        onClose={() => setDialog(null)}
        title={t('muteAll.title')}
        text={room.settings.allowUnmute ? t('muteAll.text') : t('muteAll.textForGood')}
        confirmLabel={t('muteAll.confirm')}
        look="primary"
        onConfirm={async () => {
          await room.muteAll('microphone');
          say(t('muteAll.done'));
        }}
      />
    </ModerationContext>
  );
}
