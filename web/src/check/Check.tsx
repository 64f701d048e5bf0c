import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalMedia } from '../devices/local-media.js';
import { Button } from '../ui/Button.js';
import { Notice } from '../ui/Notice.js';
import type { CheckState } from './CheckRow.js';
import { DeviceChecks } from './DeviceChecks.js';
import { NetworkChecks } from './NetworkChecks.js';
import { networkStates, overallState } from './network-states.js';
import { useNetworkCheck } from './use-network-check.js';
import './Check.css';

const TONES = { checking: 'info', ok: 'info', warning: 'warning', bad: 'danger' } as const;

/** Devices, network and server, each in plain words; on its page, and above the pre-join screen. */
export function Check({ media, signInPath }: { media: LocalMedia; signInPath: string }) {
  const { t } = useTranslation('check');
  const { state, done, again } = useNetworkCheck();
  const [devices, setDevices] = useState<CheckState[]>([]);
  const overall = useMemo(() => {
    const { server, socket, udp, tcp, blocked } = networkStates(state);
    return overallState([server, socket, udp, tcp, ...devices, ...(blocked ? ['bad' as const] : [])]);
  }, [state, devices]);
  return (
    <div className="check">
      {!window.isSecureContext && (
        <Notice tone="warning" title={t('insecure.title')}>
          {t('insecure.text')}
        </Notice>
      )}
      <Notice
        tone={TONES[overall]}
        action={
          <Button size="small" disabled={!done} onClick={again}>
            {t('again')}
          </Button>
        }
      >
        {t(`sum.${overall}`)}
      </Notice>
      <div className="check__columns">
        <DeviceChecks media={media} onStates={useCallback((states: CheckState[]) => setDevices(states), [])} />
        <NetworkChecks state={state} signInPath={signInPath} />
      </div>
    </div>
  );
}
