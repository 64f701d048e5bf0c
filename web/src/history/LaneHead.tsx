import type { CallLane } from '@minimeet/protocol';
import { ChevronDown } from 'lucide-react';
import { Avatar } from '../ui/Avatar.js';
import { IconButton } from '../ui/IconButton.js';
import { worstOf, type Person } from './model.js';
import { QualityMark } from './QualityMark.js';
import { duration, PATH_WORDS, wait } from './words.js';
import './LaneHead.css';

interface LaneHeadProps {
  person: Person;
  open: boolean;
  detailsId: string;
  onToggle: () => void;
}

export function LaneHead({ person, open, detailsId, onToggle }: LaneHeadProps) {
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
        <p className="lane-head__line">{newest && clientWords(newest)}</p>
        <p className="lane-head__line">{stayWords(stays)}</p>
      </div>
      <IconButton
        label={`Details of ${name}`}
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

function clientWords({ client, networkPath }: CallLane): string {
  // Almost everybody comes by this page; what is worth a word is the browser.
  const program = client?.replace(/^web, /, '') ?? 'Unknown client';
  return networkPath ? `${program} · ${PATH_WORDS[networkPath]}` : program;
}

function stayWords(stays: CallLane[]): string {
  const joinMs = stays.at(0)?.joinPhases?.total;
  const speakingMs = stays.reduce((sum, stay) => sum + stay.speakingMs, 0);
  const reconnects = stays.reduce((sum, stay) => sum + stay.reconnects, 0);
  const words = [
    ...(joinMs === undefined ? [] : [`joined in ${wait(joinMs)}`]),
    speakingMs > 0 ? `spoke ${duration(speakingMs)}` : 'did not speak',
    ...(reconnects === 0 ? [] : [reconnects === 1 ? '1 reconnect' : `${reconnects} reconnects`]),
    ...(stays.length === 1 ? [] : [`came ${stays.length} times`]),
  ].join(' · ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
