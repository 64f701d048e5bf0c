import type { Tile } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { useEffect, useRef, useState } from 'react';
import type { PlacedTile } from './arrange.js';

/** Sizes change with every frame while a window is dragged; the server hears of where it ends. */
const RESIZE_MS = 250;
/** Looking at another window for a moment is no reason to stop the pictures. */
const HIDDEN_MS = 3000;
/** More pixels than this a CSS pixel are not seen, but paid for. */
const DENSEST = 2;

/** Tells the room which pictures are on screen, at how many device pixels. */
export function useView(room: Room, placed: PlacedTile[]): void {
  const hidden = useHidden();
  const tiles = hidden ? [] : tilesOf(placed);
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

function tilesOf(placed: PlacedTile[]): Tile[] {
  const density = Math.min(DENSEST, window.devicePixelRatio);
  return placed
    .filter(({ tile }) => !tile.isSelf)
    .map(({ tile, rect }) => ({
      participantId: tile.participantId,
      source: tile.source,
      width: Math.max(1, Math.round(rect.width * density)),
      height: Math.max(1, Math.round(rect.height * density)),
    }));
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
