import { layerForTile } from './layers.js';

describe('the layer of a tile', () => {
  it.each([
    ['a thumbnail', 160, 90, 3, 0],
    ['one of 7 × 7 on a full HD screen', 274, 154, 3, 0],
    ['one of 3 × 3', 640, 360, 3, 1],
    ['one of 2 × 2', 960, 540, 3, 2],
    ['the whole window', 1920, 1080, 3, 2],
    ['a phone held upright', 360, 640, 3, 1],
    ['one of two layers', 300, 170, 2, 0],
    ['no layers', 1920, 1080, 1, 0],
  ])('%s', (_, width, height, spatialLayers, expected) => {
    expect(layerForTile({ source: 'camera', width, height }, spatialLayers)).toBe(expected);
  });
});
