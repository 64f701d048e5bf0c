import type { Room } from '@minimeet/sdk';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.js';
import { useSize } from '../ui/use-size.js';
import { arrange } from './arrange.js';
import { pageSizeFor } from './layout.js';
import { speakingOrder } from './speaking-order.js';
import { Tile } from './Tile.js';
import type { TileModel } from './tile-model.js';
import { useView } from './use-view.js';
import './Stage.css';

interface StageProps {
  room: Room;
  /** Oneself first. */
  people: TileModel[];
  screens: TileModel[];
  activeSpeakers: readonly string[];
}

export function Stage({ room, people, screens, activeSpeakers }: StageProps) {
  const { t } = useTranslation('call');
  const element = useRef<HTMLDivElement>(null);
  const area = useSize(element);
  const [wantedPage, setPage] = useState(0);
  const ordered = useOrder(people, activeSpeakers, pageSizeFor(area));
  const { placed, page, pages } = arrange({ people: ordered, screens, area, page: wantedPage });
  useView(room, placed);
  return (
    <section className="stage" aria-label={t('stage.label')}>
      <div ref={element} className="stage__area">
        <ul className="stage__tiles">
          {placed.map((one) => (
            <Tile key={one.tile.key} placed={one} />
          ))}
        </ul>
      </div>
      {pages > 1 && (
        <nav className="stage__pages" aria-label={t('stage.pages')}>
          <IconButton label={t('stage.previous')} disabled={page === 0} onClick={() => setPage(page - 1)}>
            <ChevronLeft size={20} aria-hidden="true" />
          </IconButton>
          <span className="stage__page" aria-live="polite">
            {t('stage.page', { page: page + 1, pages })}
          </span>
          <IconButton label={t('stage.next')} disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            <ChevronRight size={20} aria-hidden="true" />
          </IconButton>
        </nav>
      )}
    </section>
  );
}

/** Oneself first, then the others so that who speaks is on the first page. */
function useOrder(people: TileModel[], activeSpeakers: readonly string[], pageSize: number): TileModel[] {
  const [self, ...others] = people;
  const [order, setOrder] = useState<string[]>([]);
  const present = others.map(({ participantId }) => participantId);
  const next = speakingOrder(order, present, activeSpeakers, Math.max(1, pageSize - 1));
  // Remembered while rendering, so that a tile never shows for one frame in the place that it had.
  if (next.join() !== order.join()) setOrder(next);
  const byId = new Map(others.map((tile) => [tile.participantId, tile]));
  const ordered = next.flatMap((id) => byId.get(id) ?? []);
  return self ? [self, ...ordered] : ordered;
}
