import { LIMITS, TIMES, type Room } from '@minimeet/protocol';
import { MiniMeetError } from '@minimeet/sdk';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoorAnswer } from '../room/use-visit.js';
import { moderates } from '../rooms/room-roles.js';
import { Button } from '../ui/Button.js';
import { Field } from '../ui/Field.js';
import { Notice } from '../ui/Notice.js';
import { Spinner } from '../ui/Spinner.js';
import { DoorProblem } from './DoorProblem.js';

export interface DoorProps {
  room: Room;
  /** One comes with an invite, which opens all doors but the lobby. */
  invited: boolean;
  /** `waiting` in the lobby; `denied`: nobody let one in. */
  phase: 'before' | 'waiting' | 'denied';
  joining: boolean;
  /** The newest try's error; `null` without one. */
  failure: unknown;
  onJoin: (answer: DoorAnswer) => void;
  onStopWaiting: () => void;
}

/** The room's demand on people who come, as its access has it: a click, a password, patience, or an invitation. */
export function Door(props: DoorProps) {
  const { room, invited, phase } = props;
  if (phase === 'waiting') return <Waiting onStopWaiting={props.onStopWaiting} />;
  if (phase === 'denied') return <Denied {...props} />;
  if (room.role === null && room.access === 'invited' && !invited) return <InvitedOnly />;
  return <OpenDoor {...props} />;
}

function Waiting({ onStopWaiting }: Pick<DoorProps, 'onStopWaiting'>) {
  const { t } = useTranslation('prejoin');
  return (
    <div className="pre-join__form">
      <div className="pre-join__waiting" role="status">
        <Spinner />
        <div>
          <p className="pre-join__waiting-title">{t('door.waitingTitle')}</p>
          <p>{t('door.waitingText')}</p>
        </div>
      </div>
      <Button size="large" className="pre-join__join" onClick={onStopWaiting}>
        {t('door.stop')}
      </Button>
    </div>
  );
}

function Denied({ joining, onJoin }: DoorProps) {
  const { t } = useTranslation('prejoin');
  const [early, setEarly] = useState(true);
  useEffect(() => {
    // Before that the server would not listen.
    const timer = setTimeout(() => setEarly(false), TIMES.admissionRetryMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="pre-join__form">
      <Notice tone="warning" title={t('door.deniedTitle')}>
        {t('door.deniedText')}
      </Notice>
      <Button
        look="primary"
        size="large"
        className="pre-join__join"
        busy={joining}
        disabled={early}
        onClick={() => onJoin({})}
      >
        {t('door.askAgain')}
      </Button>
    </div>
  );
}

function InvitedOnly() {
  const { t } = useTranslation('prejoin');
  return (
    <Notice tone="warning" title={t('door.invitedTitle')}>
      {t('door.invitedText')}
    </Notice>
  );
}

function OpenDoor({ room, invited, joining, failure, onJoin }: DoorProps) {
  const { t } = useTranslation('prejoin');
  const [password, setPassword] = useState('');
  const isNew = room.role === null;
  const wantsPassword = isNew && room.access === 'password' && !invited;
  const isLocked = room.locked && !moderates(room.role);
  return (
    <form
      className="pre-join__form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!joining) onJoin(wantsPassword ? { password } : {});
      }}
    >
      <p className="pre-join__text">
        <DoorWords room={room} invited={invited} />
      </p>
      {isLocked && failure === null && (
        <Notice tone="warning" title={t('door.lockedTitle')}>
          {t('door.lockedText')}
        </Notice>
      )}
      <DoorProblem failure={failure} />
      {wantsPassword && (
        <Field
          label={t('door.label')}
          type="password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          maxLength={LIMITS.roomPasswordMaxLength}
          // A room's password is nobody's account: a manager would offer the wrong one.
          autoComplete="off"
          required
          autoFocus
          error={isWrongPassword(failure) ? t('door.wrong') : undefined}
        />
      )}
      <Button type="submit" look="primary" size="large" className="pre-join__join" busy={joining}>
        {t(isNew && room.access === 'lobby' ? 'door.ask' : 'join')}
      </Button>
    </form>
  );
}

/** Says who is there, to those who may know it; to everybody else, what the door wants. */
function DoorWords({ room, invited }: { room: Room; invited: boolean }) {
  const { t } = useTranslation('prejoin');
  const { role, access, participantCount: count } = room;
  if (role !== null || access === 'open') return count === 0 ? t('nobody') : t('there', { count });
  return t(`door.${invited && access === 'password' ? 'invited' : access}`);
}

function isWrongPassword(failure: unknown): boolean {
  return failure instanceof MiniMeetError && failure.code === 'ROOM_PASSWORD_REQUIRED';
}
