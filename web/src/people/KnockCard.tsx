import type { LobbyEntry } from '@minimeet/protocol';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../ui/Avatar.js';
import { Button } from '../ui/Button.js';
import { IconButton } from '../ui/IconButton.js';
import { useAdmissions } from './use-admissions.js';
import './KnockCard.css';

interface KnockCardProps {
  waiting: readonly LobbyEntry[];
  onShow: () => void;
}

/**
 * Shows over the call, while the panel is closed, who asks to come in, with the answers. It stays until it is answered
 * or put away.
 */
export function KnockCard({ waiting, onShow }: KnockCardProps) {
  const { t } = useTranslation('people');
  const admissions = useAdmissions();
  const [putAway, setPutAway] = useState<ReadonlySet<string>>(new Set());
  const fresh = waiting.filter(({ id }) => !putAway.has(id));
  const [first] = fresh;
  if (!first) return null;
  const { displayName: name } = first;
  const alone = fresh.length === 1;
  return (
    <section className="knock" aria-label={t('lobby.title')}>
      <Avatar name={name} size={36} />
      <p className="knock__text" role="status">
        {alone ? t('knock.one', { name }) : t('knock.more', { name, count: fresh.length - 1 })}
      </p>
      <IconButton
        label={t('knock.putAway')}
        className="knock__close"
        onClick={() => setPutAway(new Set(waiting.map(({ id }) => id)))}
      >
        <X size={18} aria-hidden="true" />
      </IconButton>
      <div className="knock__answers">
        {alone ? (
          <Button size="small" aria-label={t('lobby.denyPerson', { name })} onClick={() => admissions.deny(first)}>
            {t('lobby.deny')}
          </Button>
        ) : (
          <Button size="small" onClick={onShow}>
            {t('knock.show')}
          </Button>
        )}
        <Button
          size="small"
          look="primary"
          aria-label={alone ? t('lobby.admitPerson', { name }) : undefined}
          onClick={() => admissions.admitAll(fresh)}
        >
          {alone ? t('lobby.admit') : t('lobby.admitAll')}
        </Button>
      </div>
    </section>
  );
}
