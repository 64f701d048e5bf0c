/** Pixels of a full picture when its publisher does not say: 720p cameras, 1080p screens. */
const FULL_PIXELS = { camera: 1280 * 720, screen: 1920 * 1080 } as const;
/** A layer may be shown this much larger than it is, by edge, before the next one is worth its bits. */
const ACCEPTED_UPSCALE = 1.25;

/**
 * The smallest layer that looks sharp in a tile. Layers double in edge length: ¼, ½, 1 for three.
 *
 * @param width, height device pixels of the tile.
 * @returns the spatial layer, 0 the smallest, below `spatialLayers`.
 */
export function layerForTile(
  tile: { source: 'camera' | 'screen'; width: number; height: number },
  spatialLayers: number,
): number {
  const wantedScale = Math.sqrt((tile.width * tile.height) / FULL_PIXELS[tile.source]);
  const top = spatialLayers - 1;
  for (let layer = 0; layer < top; layer += 1) {
    const scale = 1 / 2 ** (top - layer);
    if (wantedScale <= scale * ACCEPTED_UPSCALE) {
      return layer;
    }
  }
  return top;
}
