import { MicOff, MonitorUp } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VideoView } from '../devices/VideoView.js';
import { Avatar } from '../ui/Avatar.js';
import type { PlacedTile } from './arrange.js';
import type { TileModel } from './tile-model.js';
import './Tile.css';

/** A picture that is held for a moment only (it comes onto the screen, its layer changes) is not worth a word. */
const HELD_MS = 3000;

export function Tile({ placed: { tile, rect, place } }: { placed: PlacedTile }) {
  const { t } = useTranslation('call');
  const [pictureOf, setPictureOf] = useState<MediaStreamTrack | null>(null);
  const weak = useLasting(tile.held, HELD_MS);
  const isScreen = tile.source === 'screen';
  const waiting = tile.hasVideo && (tile.track === null || pictureOf !== tile.track);
  const small = rect.width < 180 || rect.height < 110;
  const label = labelOf(t, tile);
  return (
    <li
      className="tile"
      role="group"
      aria-label={tile.name}
      data-participant-id={tile.participantId}
      data-source={tile.source}
      data-self={tile.isSelf ? '' : undefined}
      data-place={place}
      data-speaking={tile.speaking ? '' : undefined}
      data-small={small ? '' : undefined}
      style={{ width: rect.width, height: rect.height, transform: `translate(${rect.x}px, ${rect.y}px)` }}
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
      {tile.track && tile.hasVideo && (
        <VideoView
          track={tile.track}
          mirrored={tile.isSelf && !isScreen}
          fit={isScreen ? 'contain' : 'cover'}
          onPicture={() => setPictureOf(tile.track)}
        />
      )}
      {weak && <span className="tile__weak">{t('tile.held')}</span>}
      <span className="tile__label">
        {tile.muted && !isScreen && <MicOff size={14} className="tile__muted" aria-hidden="true" />}
        {isScreen && <MonitorUp size={14} aria-hidden="true" />}
        <span className="tile__name">{label}</span>
        {tile.muted && !isScreen && <span className="visually-hidden">, {t('tile.muted')}</span>}
      </span>
    </li>
  );
}

function labelOf(t: TFunction<'call'>, { name, isSelf, source }: TileModel): string {
  if (source === 'screen') return t('tile.screen', { name });
  return isSelf ? t('tile.self') : name;
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
