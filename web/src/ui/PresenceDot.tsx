import type { PresenceStatus } from '@minimeet/protocol';
import { useTranslation } from 'react-i18next';
import './PresenceDot.css';

/**
 * Whether somebody is there: a colour and a shape, and a word for people who see neither. It lies on the corner of the
 * element before it.
 */
export function PresenceDot({ status }: { status: PresenceStatus }) {
  const { t } = useTranslation();
  return (
    <span className="presence-dot" data-status={status}>
      <span className="visually-hidden">{t(`presence.${status}`)}</span>
    </span>
  );
}
