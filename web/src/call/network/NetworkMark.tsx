import { SignalLow, SignalMedium } from 'lucide-react';
import { use, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { Popover } from '../../ui/Popover.js';
import type { TileModel } from '../tile/tile-model.js';
import { NetworkContext, useOwnTrouble, useTrouble } from './use-network.js';
import './NetworkMark.css';

/** On the tile of a person whose network gives trouble: a sign, and behind it words for what is wrong and what helps. */
export function NetworkMark({ tile }: { tile: TileModel }) {
  return tile.isSelf ? <OwnMark /> : <OthersMark personId={tile.participantId} name={tile.name} />;
}

function OthersMark({ personId, name }: { personId: string; name: string }) {
  const { t } = useTranslation('call');
  const trouble = useTrouble(personId);
  if (!trouble) return null;
  const { level, what, where } = trouble;
  return <Mark level={level} title={t(`network.${what}.${where}`, { name })} help={t(`network.help.${where}`)} />;
}

function OwnMark() {
  const { t } = useTranslation('call');
  const trouble = useOwnTrouble(use(NetworkContext));
  if (!trouble) return null;
  const { level, what } = trouble;
  return <Mark level={level} title={t(`network.own.${what}`)} help={t(`network.ownHelp.${what}`)} />;
}

interface MarkProps {
  level: 'fair' | 'bad';
  title: string;
  help: string;
}

function Mark({ level, title, help }: MarkProps) {
  return (
    <Popover trigger={<MarkButton level={level} label={title} />} title={title} align="end">
      <p className="network-mark__help">{help}</p>
    </Popover>
  );
}

function MarkButton({ level, label, ...rest }: ComponentProps<'button'> & { level: 'fair' | 'bad'; label: string }) {
  const Icon = level === 'bad' ? SignalLow : SignalMedium;
  return (
    <button type="button" {...rest} className="network-mark" data-level={level} aria-label={label}>
      <Icon size={18} aria-hidden="true" />
    </button>
  );
}
