import { Coffee, Hand, MicOff, MonitorUp, Pin } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VideoView } from '../../devices/VideoView.js';
import { Avatar } from '../../ui/Avatar.js';
import type { PlacedTile } from '../arrange.js';
import { NetworkMark } from '../network/NetworkMark.js';
import { isSameTile } from './tile-model.js';
import { TileMenu } from './TileMenu.js';
import { tileLabel } from './tile-words.js';
import { ZoomPane } from './ZoomPane.js';
import './Tile.css';

/** A picture that is held for a moment only (it comes onto the screen, its layer changes) is not worth a word. */
const HELD_MS = 3000;

interface TileProps {
  placed: PlacedTile;
  pinned: boolean;
  /** One's own camera as in a mirror. */
  mirrored: boolean;
  onPin: (key: string) => void;
}

/** Renders only when its tile has changed: in a call of twenty, somebody begins or stops to speak all the time. */
export const Tile = memo(function Tile({ placed: { tile, rect, place }, pinned, mirrored, onPin }: TileProps) {
  const { t } = useTranslation('call');
  const [pictureOf, setPictureOf] = useState<MediaStreamTrack | null>(null);
  const weak = useLasting(tile.held, HELD_MS);
  const isScreen = tile.source === 'screen';
  const waiting = tile.hasVideo && (tile.track === null || pictureOf !== tile.track);
  const small = rect.width < 180 || rect.height < 110;
  const label = tileLabel(t, tile);
  const picture = tile.track && tile.hasVideo && (
    <VideoView
      track={tile.track}
      mirrored={mirrored && tile.isSelf}
      fit={isScreen ? 'contain' : 'cover'}
      onPicture={() => setPictureOf(tile.track)}
    />
  );
  return (
    <div
      className="tile"
      role="group"
      aria-label={isScreen ? label : tile.name}
      data-participant-id={tile.participantId}
      data-source={tile.source}
      data-self={tile.isSelf ? '' : undefined}
      data-place={place}
      data-hand={tile.hand ?? undefined}
      data-pinned={pinned ? '' : undefined}
      data-speaking={tile.speaking ? '' : undefined}
      data-small={small ? '' : undefined}
      style={{ width: rect.width, height: rect.height, transform: `translate(${rect.x}px, ${rect.y}px)` }}
      onDoubleClick={() => onPin(tile.key)}
    >
      {(waiting || !tile.hasVideo || weak) && (
        <div className="tile__still">
          {isScreen ? (
            <MonitorUp className="tile__screen-icon" size={40} aria-hidden="true" />
          ) : (
            <Avatar
              name={tile.name}
              size={Math.round(Math.max(36, Math.min(120, Math.min(rect.width, rect.height) * 0.36)))}
            />
          )}
          {waiting && !small && !weak && <span className="tile__word">{t('tile.connecting')}</span>}
        </div>
      )}
      {isScreen && place === 'focus' ? <ZoomPane size={rect}>{picture}</ZoomPane> : picture}
      {weak && <span className="tile__weak">{t('tile.held')}</span>}
      {tile.hand !== null && (
        <span className="tile__hand">
          <Hand size={16} aria-hidden="true" />
          <span aria-hidden="true">{tile.hand}</span>
          <span className="visually-hidden">{t('hand.onTile', { place: tile.hand })}</span>
        </span>
      )}
      <span className="tile__label">
        {tile.muted && !isScreen && <MicOff size={14} className="tile__muted" aria-hidden="true" />}
        {isScreen && <MonitorUp size={14} aria-hidden="true" />}
        {pinned && <Pin size={14} aria-hidden="true" />}
        {tile.away && <Coffee size={14} aria-hidden="true" />}
        <span className="tile__name">{label}</span>
        {tile.muted && !isScreen && <span className="visually-hidden">, {t('tile.muted')}</span>}
        {tile.away && <span className="visually-hidden">, {t('tile.away')}</span>}
        {pinned && <span className="visually-hidden">, {t('tile.pinned')}</span>}
      </span>
      {!isScreen && <NetworkMark tile={tile} />}
      <div className="tile__tools">
        <TileMenu tile={tile} pinned={pinned} onPin={onPin} />
      </div>
    </div>
  );
}, looksTheSame);

function looksTheSame(a: TileProps, b: TileProps): boolean {
  return (
    a.pinned === b.pinned &&
    a.mirrored === b.mirrored &&
    a.onPin === b.onPin &&
    a.placed.place === b.placed.place &&
    a.placed.rect.x === b.placed.rect.x &&
    a.placed.rect.y === b.placed.rect.y &&
    a.placed.rect.width === b.placed.rect.width &&
    a.placed.rect.height === b.placed.rect.height &&
    isSameTile(a.placed.tile, b.placed.tile)
  );
}

/** True once `value` has been true for that long. */
function useLasting(value: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!value) {
      setLasting(false);
      return undefined;
    }
    const timer = setTimeout(() => setLasting(true), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return value && lasting;
}
