import { availableParallelism } from 'node:os';
import { LIMITS } from '@minimeet/protocol';
import sharp, { type Sharp } from 'sharp';
import { Limiter } from '../limiter.js';

/** The media types from which pictures are decoded. */
export const PICTURE_TYPES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/tiff',
]);

/** Maximum time for one picture. */
const MAX_SECONDS = 10;
const WEBP = { quality: 80 };

// libvips reads much more than pictures; formats that nobody needs are blocked, so that they cannot be attacked.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadNsgifFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadHeifFile',
    'VipsForeignLoadTiffFile',
  ],
});
// A cached file would outlive its deletion.
sharp.cache(false);
// Pictures can wait, calls cannot: a thread a picture, and a quarter of the cores for all of them.
sharp.concurrency(1);
const work = new Limiter(Math.max(1, Math.floor(availableParallelism() / 4)));

/** In pixels, as a person sees it. */
export interface PictureSize {
  width: number;
  height: number;
}

/** The size by its header; `null` when it is no readable picture. Costs little, however large the picture is. */
export async function pictureSize(path: string): Promise<PictureSize | null> {
  try {
    const { autoOrient } = await work.run(() => sharp(path, { limitInputPixels: false }).metadata());
    return { width: autoOrient.width, height: autoOrient.height };
  } catch {
    return null;
  }
}

/** Whether it may be decoded: a few bytes can claim more pixels than there is memory. */
export function isDecodable({ width, height }: PictureSize): boolean {
  return width * height <= LIMITS.imagePixels;
}

/** A small, still, upright WebP without the file's metadata; `null` when the picture is broken. */
export function previewOf(path: string): Promise<Buffer | null> {
  return encoded(path, (picture) =>
    picture.resize(LIMITS.previewPixels, LIMITS.previewPixels, { fit: 'inside', withoutEnlargement: true }),
  );
}

/** The picture's middle as a square WebP of `LIMITS.picturePixels`; `null` when the picture is broken. */
export function squareOf(path: string): Promise<Buffer | null> {
  return encoded(path, (picture) => picture.resize(LIMITS.picturePixels, LIMITS.picturePixels, { fit: 'cover' }));
}

async function encoded(path: string, resize: (picture: Sharp) => Sharp): Promise<Buffer | null> {
  try {
    return await work.run(() => {
      const picture = sharp(path, { limitInputPixels: LIMITS.imagePixels, failOn: 'error' }).autoOrient();
      return resize(picture).webp(WEBP).timeout({ seconds: MAX_SECONDS }).toBuffer();
    });
  } catch {
    return null;
  }
}
