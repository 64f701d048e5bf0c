import { UserPlus } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.js';
import { LogoMark } from '../ui/Logo.js';
import './CallHeader.css';

interface CallHeaderProps {
  name: string;
  onInvite: () => void;
}

export const CallHeader = memo(function CallHeader({ name, onInvite }: CallHeaderProps) {
  const { t } = useTranslation('call');
  return (
    <header className="call-header">
      <LogoMark size={28} />
      <h1 className="call-header__name">{name}</h1>
      <Button size="small" className="call-header__invite" aria-label={t('invite')} onClick={onInvite}>
        <UserPlus size={17} aria-hidden="true" />
        <span className="call-header__invite-word">{t('inviteShort')}</span>
      </Button>
    </header>
  );
});
