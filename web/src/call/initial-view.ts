import type { InitialView } from '@minimeet/protocol';
import { pageSizeFor } from './layout.js';

/** Header and controls of the call, in CSS pixels. */
const FRAME = { width: 24, height: 140 };
const DENSEST = 2;

/**
 * The probable view of the stage: the server sends it with the join, before the page has laid out anybody. It assumes
 * the tiles of four people; the first `setView` corrects it.
 */
export function initialView(): InitialView {
  const area = { width: window.innerWidth - FRAME.width, height: window.innerHeight - FRAME.height };
  const density = Math.min(DENSEST, window.devicePixelRatio);
  return {
    maxTiles: pageSizeFor(area),
    width: Math.max(1, Math.round((area.width / 2) * density)),
    height: Math.max(1, Math.round((area.height / 2) * density)),
  };
}
