import type { Participant } from '@minimeet/protocol';
import { MicOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { SidePanel } from '../call/SidePanel.js';
import { Avatar } from '../ui/Avatar.js';
import './PeoplePanel.css';

interface PeoplePanelProps {
  self: Participant;
  /** The longest-present first. */
  others: Participant[];
  onClose: () => void;
}

export function PeoplePanel({ self, others, onClose }: PeoplePanelProps) {
  const { t } = useTranslation('people');
  return (
    <SidePanel title={t('title')} closeLabel={t('close')} onClose={onClose}>
      <ul className="people" aria-label={t('inCall')}>
        <Person person={self} isSelf />
        {others.map((other) => (
          <Person key={other.id} person={other} isSelf={false} />
        ))}
      </ul>
    </SidePanel>
  );
}

function Person({ person, isSelf }: { person: Participant; isSelf: boolean }) {
  const { t } = useTranslation('people');
  const microphone = person.publications.find(({ source }) => source === 'microphone');
  return (
    <li className="people__person">
      <Avatar name={person.displayName} size={32} />
      <span className="people__name">{isSelf ? t('you', { name: person.displayName }) : person.displayName}</span>
      {person.role !== 'member' && <span className="people__role">{t(`roles.${person.role}`)}</span>}
      {(!microphone || microphone.paused) && <MicOff size={16} role="img" aria-label={t('muted')} />}
    </li>
  );
}
