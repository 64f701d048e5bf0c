import { LinkIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { DeviceNotices } from '../devices/DeviceNotices.js';
import type { LocalMedia } from '../devices/local-media.js';
import { Button } from '../ui/Button.js';
import { Notice } from '../ui/Notice.js';
import { Spinner } from '../ui/Spinner.js';
import type { DeviceControl } from './controls/call-controls.js';
import { NetworkNotice } from './network/NetworkNotice.js';
import type { RoomState } from './use-room.js';
import './CallNotices.css';

interface CallNoticesProps {
  state: RoomState;
  media: LocalMedia;
  sharing: boolean;
  onStopSharing: () => void;
  camera: DeviceControl;
  onInvite: () => void;
}

/** Says in words, above the pictures, that something needs attention. */
export function CallNotices({ state, media, sharing, onStopSharing, camera, onInvite }: CallNoticesProps) {
  const { t } = useTranslation('call');
  return (
    <div className="call-notices">
      {state.connection === 'reconnecting' && (
        <p className="call-notices__reconnecting" role="status">
          <Spinner /> {t('notices.reconnecting')}
        </p>
      )}
      {state.connection === 'connected' && state.media === 'failed' && (
        <Notice tone="warning" title={t('notices.blockedTitle')}>
          {t('notices.blocked')}
        </Notice>
      )}
      {state.media === null && (
        <Notice tone="warning" title={t('notices.noMediaTitle')}>
          {t('notices.noMedia')}
        </Notice>
      )}
      {state.connection === 'connected' && <DeviceNotices media={media} dismissible />}
      {state.connection === 'connected' && <NetworkNotice camera={camera} />}
      {sharing && (
        <div className="call-notices__sharing" role="status">
          {t('share.own')}
          <Button size="small" look="primary" onClick={onStopSharing}>
            {t('share.stopShort')}
          </Button>
        </div>
      )}
      {state.others.length === 0 && state.connection === 'connected' && !sharing && (
        <div className="call-notices__alone" role="status">
          <span>{t('notices.alone')}</span>
          <Button size="small" look="primary" onClick={onInvite}>
            <LinkIcon size={16} aria-hidden="true" /> {t('inviteShort')}
          </Button>
        </div>
      )}
    </div>
  );
}
