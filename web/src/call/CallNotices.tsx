import { LinkIcon } from 'lucide-react';
import type { DeviceKind, MediaFailure } from '../devices/media-failure.js';
import { failureWords } from '../devices/media-failure.js';
import type { LocalMediaState } from '../devices/local-media.js';
import { Button } from '../ui/Button.js';
import { Notice } from '../ui/Notice.js';
import { Spinner } from '../ui/Spinner.js';
import type { RoomState } from './use-room.js';
import './CallNotices.css';

interface CallNoticesProps {
  state: RoomState;
  local: LocalMediaState;
  sharing: boolean;
  onStopSharing: () => void;
  onInvite: () => void;
  onRetry: (kind: DeviceKind) => void;
}

/** What is not as it should be, in words, above the pictures. */
export function CallNotices({ state, local, sharing, onStopSharing, onInvite, onRetry }: CallNoticesProps) {
  return (
    <div className="call-notices">
      {state.connection === 'reconnecting' && (
        <p className="call-notices__reconnecting" role="status">
          <Spinner /> The connection was lost. Reconnecting…
        </p>
      )}
      {state.connection === 'connected' && state.media === 'failed' && (
        <Notice tone="warning" title="Your network blocks the call’s media">
          Sound and pictures cannot get through: a firewall may allow web pages only. Try another network. The chat
          works.
        </Notice>
      )}
      {state.media === null && (
        <Notice tone="warning" title="This browser cannot take part with sound and picture">
          You can read and write in the chat.
        </Notice>
      )}
      {(['camera', 'microphone'] as const).map((kind) => (
        <DeviceNotice key={kind} kind={kind} on={local[kind].on} failure={local[kind].failure} onRetry={onRetry} />
      ))}
      {sharing && (
        <div className="call-notices__sharing" role="status">
          You are sharing your screen
          <Button size="small" look="primary" onClick={onStopSharing}>
            Stop
          </Button>
        </div>
      )}
      {state.others.length === 0 && state.connection === 'connected' && !sharing && (
        <div className="call-notices__alone" role="status">
          <span>Nobody else is here yet.</span>
          <Button size="small" look="primary" onClick={onInvite}>
            <LinkIcon size={16} aria-hidden="true" /> Invite with a link
          </Button>
        </div>
      )}
    </div>
  );
}

interface DeviceNoticeProps {
  kind: DeviceKind;
  on: boolean;
  failure: MediaFailure | null;
  onRetry: (kind: DeviceKind) => void;
}

/** Only for a device that the person wants: joining without a camera on purpose is no problem. */
function DeviceNotice({ kind, on, failure, onRetry }: DeviceNoticeProps) {
  if (!on || failure === null) return null;
  const { title, advice } = failureWords(kind, failure);
  return (
    <Notice
      tone="warning"
      title={title}
      action={
        <Button size="small" look="quiet" onClick={() => onRetry(kind)}>
          Try again
        </Button>
      }
    >
      {advice}
    </Notice>
  );
}
