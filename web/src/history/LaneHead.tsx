import type { CallLane } from '@minimeet/protocol';
import { ChevronDown } from 'lucide-react';
import { upperFirst } from '../i18n/format.js';
import { Avatar } from '../ui/Avatar.js';
import { IconButton } from '../ui/IconButton.js';
import { worstOf, type Person } from './model.js';
import { QualityMark } from './QualityMark.js';
import { useHistoryWords, type HistoryWords } from './words.js';
import './LaneHead.css';

interface LaneHeadProps {
  person: Person;
  open: boolean;
  detailsId: string;
  onToggle: () => void;
}

export function LaneHead({ person, open, detailsId, onToggle }: LaneHeadProps) {
  const words = useHistoryWords();
  const { name, stays } = person;
  const newest = stays.at(-1);
  return (
    <div className="lane-head">
      <Avatar name={name} size={34} />
      <div className="lane-head__body">
        <h3 className="lane-head__name">{name}</h3>
        <p className="lane-head__line">
          <QualityMark quality={worstOf(stays.map(({ quality }) => quality))} />
        </p>
        <p className="lane-head__line">{newest && clientWords(words, newest)}</p>
        <p className="lane-head__line">{stayWords(words, stays)}</p>
      </div>
      <IconButton
        label={words.t('lane.details', { name })}
        className="lane-head__toggle"
        aria-expanded={open}
        aria-controls={open ? detailsId : undefined}
        onClick={onToggle}
      >
        <ChevronDown size={18} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function clientWords({ t }: HistoryWords, { client, networkPath }: CallLane): string {
  // Almost everybody comes by this page, so only the browser is worth a word.
  const program = client?.replace(/^web, /, '') ?? t('lane.client');
  return networkPath ? `${program} · ${t(`path.${networkPath}`)}` : program;
}

function stayWords({ t, duration, wait, locale }: HistoryWords, stays: CallLane[]): string {
  const joinMs = stays.at(0)?.joinPhases?.total;
  const speakingMs = stays.reduce((sum, stay) => sum + stay.speakingMs, 0);
  const reconnects = stays.reduce((sum, stay) => sum + stay.reconnects, 0);
  const words = [
    ...(joinMs === undefined ? [] : [t('lane.joinedIn', { time: wait(joinMs) })]),
    speakingMs > 0 ? t('lane.spoke', { time: duration(speakingMs) }) : t('lane.didNotSpeak'),
    ...(reconnects === 0 ? [] : [t('lane.reconnects', { count: reconnects })]),
    ...(stays.length === 1 ? [] : [t('lane.came', { count: stays.length })]),
  ];
  return upperFirst(words.join(' · '), locale);
}
