import { use, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { Popover } from '../../ui/Popover.js';
import type { TileModel } from '../tile/tile-model.js';
import { NetworkContext, useOwnTrouble, useTrouble } from './use-network.js';
import './NetworkMark.css';

/** Heights of the four bars, and how many of them are full. */
const BARS = [4, 7, 10, 14];
const LIT = { bad: 1, fair: 2 };

/** Marks the tile of a person whose network gives trouble; words behind the sign say what is wrong and what helps. */
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
    <Popover
      trigger={<MarkButton level={level} label={title} />}
      title={title}
      align="end"
      className="network-mark__words"
    >
      <p className="network-mark__help">{help}</p>
    </Popover>
  );
}

function MarkButton({ level, label, ...rest }: ComponentProps<'button'> & { level: 'fair' | 'bad'; label: string }) {
  return (
    <button type="button" {...rest} className="network-mark" data-level={level} aria-label={label}>
      <svg viewBox="0 0 18 18" width={18} height={18} aria-hidden="true">
        {BARS.map((height, index) => (
          <rect
            key={height}
            className="network-mark__bar"
            data-lit={index < LIT[level] ? '' : undefined}
            x={1 + index * 4.3}
            y={16 - height}
            width={3}
            height={height}
            rx={1}
          />
        ))}
      </svg>
    </button>
  );
}
