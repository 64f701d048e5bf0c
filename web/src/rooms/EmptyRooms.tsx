import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.js';
import './EmptyRooms.css';

export function EmptyRooms({ onCreate }: { onCreate: () => void }) {
  const { t } = useTranslation('rooms');
  return (
    <section className="empty-rooms">
      <svg className="empty-rooms__picture" viewBox="0 0 160 96" aria-hidden="true">
        <rect x="2" y="14" width="92" height="64" rx="14" className="empty-rooms__back" />
        <rect x="54" y="26" width="104" height="68" rx="14" className="empty-rooms__front" />
        <circle cx="106" cy="52" r="9" className="empty-rooms__person" />
        <path d="M84 94v-4a22 22 0 0 1 44 0v4z" className="empty-rooms__person" />
      </svg>
      <h2 className="empty-rooms__title">{t('empty.title')}</h2>
      <p className="empty-rooms__text">{t('empty.text')}</p>
      <Button look="primary" onClick={onCreate}>
        <Plus size={18} aria-hidden="true" />
        {t('empty.create')}
      </Button>
    </section>
  );
}
