import { LinkIcon } from 'lucide-react';
import { DeviceNotices } from '../devices/DeviceNotices.js';
import type { LocalMedia } from '../devices/local-media.js';
import { Button } from '../ui/Button.js';
import { Notice } from '../ui/Notice.js';
import { Spinner } from '../ui/Spinner.js';
import type { RoomState } from './use-room.js';
import './CallNotices.css';

interface CallNoticesProps {
  state: RoomState;
  media: LocalMedia;
  sharing: boolean;
  onStopSharing: () => void;
  onInvite: () => void;
}

/** What is not as it should be, in words, above the pictures. */
export function CallNotices({ state, media, sharing, onStopSharing, onInvite }: CallNoticesProps) {
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
      {state.connection === 'connected' && <DeviceNotices media={media} dismissible />}
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
          <span>You are the first here.</span>
          <Button size="small" look="primary" onClick={onInvite}>
            <LinkIcon size={16} aria-hidden="true" /> Invite
          </Button>
        </div>
      )}
    </div>
  );
}
