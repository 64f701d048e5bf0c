import { Mic, MicOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCallPreferences } from './call-preferences.js';
import type { Call } from './use-call.js';

/** Tells one who speaks while muted, and one who talks by holding the key. */
export function MicrophoneSigns({ talking, mutedSpeech }: Pick<Call, 'talking' | 'mutedSpeech'>) {
  const { t } = useTranslation('call');
  const { singleKeys } = useCallPreferences();
  return (
    <>
      {mutedSpeech && !talking && (
        <p className="call__talking call__talking--muted" role="status">
          <MicOff size={16} aria-hidden="true" /> {singleKeys ? t('mutedSpeech.keys') : t('mutedSpeech.text')}
        </p>
      )}
      {talking && (
        <p className="call__talking">
          <Mic size={16} aria-hidden="true" /> {t('talking')}
        </p>
      )}
    </>
  );
}
