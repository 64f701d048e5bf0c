import type { TFunction } from 'i18next';
import type { TileModel } from './tile-model.js';

/** @returns what stands on a tile. */
export function tileLabel(t: TFunction<'call'>, { name, isSelf, source }: TileModel): string {
  if (source === 'screen') return t('tile.screen', { name });
  return isSelf ? t('tile.self') : name;
}
