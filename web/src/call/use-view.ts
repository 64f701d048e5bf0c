import type { Tile } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { useEffect, useRef, useState } from 'react';
import type { Size } from './layout.js';
import type { TileModel } from './tile/tile-model.js';

/** A picture, in CSS pixels. */
export interface ShownTile {
  tile: TileModel;
  rect: Size;
}

/** Sizes change with every frame while a window is dragged; the server hears of where it ends. */
const RESIZE_MS = 250;
/** Looking at another window for a moment is no reason to stop the pictures. */
const HIDDEN_MS = 3000;
/** More pixels than this a CSS pixel are not seen, but paid for. */
const DENSEST = 2;

/**
 * Tells the room which pictures are on screen, at how many device pixels.
 * @param apart what is shown in a window of its own, also while the page is hidden.
 */
export function useView(room: Room, placed: ShownTile[], apart: ShownTile | null): void {
  const hidden = useHidden();
  const tiles = tilesOf([...(hidden ? [] : placed), ...(apart ? [apart] : [])]);
  const shown = tiles.map(({ participantId, source }) => `${source} ${participantId}`).join();
  const sizes = tiles.map(({ width, height }) => `${width}×${height}`).join();
  const latest = useRef({ tiles, shown: '' });
  useEffect(() => {
    latest.current.tiles = tiles;
  });
  useEffect(() => {
    const onlySizes = latest.current.shown === shown;
    latest.current.shown = shown;
    const timer = setTimeout(() => room.setView(latest.current.tiles), onlySizes ? RESIZE_MS : 0);
    return () => clearTimeout(timer);
  }, [room, shown, sizes]);
}

/** Each picture once, as large as the largest place that it has. */
function tilesOf(shown: ShownTile[]): Tile[] {
  const density = Math.min(DENSEST, window.devicePixelRatio);
  const tiles = new Map<string, Tile>();
  for (const { tile, rect } of shown) {
    const before = tiles.get(tile.key);
    if (tile.isSelf) continue;
    tiles.set(tile.key, {
      participantId: tile.participantId,
      source: tile.source,
      width: Math.max(1, before?.width ?? 0, Math.round(rect.width * density)),
      height: Math.max(1, before?.height ?? 0, Math.round(rect.height * density)),
    });
  }
  return [...tiles.values()];
}

/** Whether nobody can see the page, for some time now. */
function useHidden(): boolean {
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(() => setHidden(true), HIDDEN_MS);
      else setHidden(false);
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return hidden;
}
