import type { Room } from '@minimeet/sdk';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.js';
import { useSize } from '../ui/use-size.js';
import { arrange, firstPageSize, type StageLayout, type Wanted } from './arrange.js';
import { speakingOrder } from './speaking-order.js';
import { Tile } from './tile/Tile.js';
import type { TileModel } from './tile/tile-model.js';
import { useSwipe } from './use-swipe.js';
import { useView, type ShownTile } from './use-view.js';
import './Stage.css';

interface StageProps {
  room: Room;
  layout: StageLayout;
  /** Oneself first. */
  people: TileModel[];
  screens: TileModel[];
  pinned: ReadonlySet<string>;
  onPin: (key: string) => void;
  /** Whom a layout with one large tile shows. */
  speakerId: string | null;
  activeSpeakers: readonly string[];
  mirrored: boolean;
  /** The tile that a window of its own shows. */
  apart: ShownTile | null;
}

export function Stage({ room, people, activeSpeakers, onPin, mirrored, apart, ...wish }: StageProps) {
  const { t } = useTranslation('call');
  const element = useRef<HTMLDivElement>(null);
  const area = useSize(element);
  const [wantedPage, setPage] = useState(0);
  const wanted: Wanted = { ...wish, people, area, page: wantedPage };
  const ordered = useOrder(people, activeSpeakers, firstPageSize(wanted));
  const { placed, page, pages } = arrange({ ...wanted, people: ordered });
  useView(room, placed, apart);
  const turn = (by: number) => setPage(Math.min(pages - 1, Math.max(0, page + by)));
  const swipe = useSwipe(turn);
  useTurnKeys(turn);
  return (
    <section className="stage" aria-label={t('stage.label')} onKeyDown={(event) => turnByArrow(event, turn)}>
      <div ref={element} className="stage__area" {...swipe}>
        {placed.map((one) => (
          <Tile
            key={one.tile.key}
            placed={one}
            pinned={wish.pinned.has(one.tile.key)}
            mirrored={mirrored}
            onPin={onPin}
          />
        ))}
      </div>
      {pages > 1 && (
        <nav className="stage__pages" aria-label={t('stage.pages')}>
          <IconButton label={t('stage.previous')} disabled={page === 0} onClick={() => turn(-1)}>
            <ChevronLeft size={20} aria-hidden="true" />
          </IconButton>
          <span className="stage__page" aria-live="polite">
            {t('stage.page', { page: page + 1, pages })}
          </span>
          <IconButton label={t('stage.next')} disabled={page === pages - 1} onClick={() => turn(1)}>
            <ChevronRight size={20} aria-hidden="true" />
          </IconButton>
        </nav>
      )}
    </section>
  );
}

/** Inside the stage, arrows turn the page. */
function turnByArrow(event: KeyboardEvent<HTMLElement>, turn: (by: number) => void): void {
  // A menu of a tile is the stage's child for React, and elsewhere in the page.
  if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return;
  if (event.key === 'ArrowRight') turn(1);
  if (event.key === 'ArrowLeft') turn(-1);
}

/** Oneself first, then the others so that who speaks is on the first page. */
function useOrder(people: TileModel[], activeSpeakers: readonly string[], firstPage: number): TileModel[] {
  const [self, ...others] = people;
  const [order, setOrder] = useState<string[]>([]);
  const present = others.map(({ participantId }) => participantId);
  const next = speakingOrder(order, present, activeSpeakers, firstPage);
  // Remembered while rendering, so that a tile never shows for one frame in the place that it had.
  if (next.join() !== order.join()) setOrder(next);
  const byId = new Map(others.map((tile) => [tile.participantId, tile]));
  const ordered = next.flatMap((id) => byId.get(id) ?? []);
  return self ? [self, ...ordered] : ordered;
}

/** Page up and page down turn the page from anywhere, unless something is there that they scroll. */
function useTurnKeys(turn: (by: number) => void): void {
  const latest = useRef(turn);
  useEffect(() => {
    latest.current = turn;
  });
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'PageDown' && event.key !== 'PageUp') return;
      const outside =
        event.target === document.body || (event.target instanceof Element && event.target.closest('.call__main'));
      if (outside && !event.defaultPrevented) latest.current(event.key === 'PageDown' ? 1 : -1);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
