import { X } from 'lucide-react';
import { use, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.js';
import { Notice } from '../../ui/Notice.js';
import type { DeviceControl } from '../controls/call-controls.js';
import { NetworkContext, useOwnTrouble } from './use-network.js';

/**
 * Says what is wrong and what one can do now, when one's own network is so bad that the others suffer. Once put away,
 * it stays away for this call.
 */
export function NetworkNotice({ camera }: { camera: DeviceControl }) {
  const { t } = useTranslation('call');
  const trouble = useOwnTrouble(use(NetworkContext));
  const [dismissed, setDismissed] = useState(false);
  if (trouble?.level !== 'bad' || dismissed) return null;
  return (
    <Notice
      tone="warning"
      title={t(`network.own.${trouble.what}`)}
      action={
        <>
          {camera.working && trouble.what === 'upload' && (
            <Button size="small" look="quiet" onClick={camera.toggle}>
              {t('camera.off')}
            </Button>
          )}
          <Button size="small" look="quiet" aria-label={t('network.dismiss')} onClick={() => setDismissed(true)}>
            <X size={16} aria-hidden="true" />
          </Button>
        </>
      }
    >
      {t(`network.ownHelp.${trouble.what}`)}
    </Notice>
  );
}
