import type { AttachmentKind } from '@minimeet/protocol';
import { isDecodable, mediaTypeOf, PICTURE_TYPES, pictureSize, previewOf } from '../common/files/index.js';

/** A file's kind and picture, by its content. */
interface Inspection {
  kind: AttachmentKind;
  mediaType: string;
  /** Pixels of an image. */
  width: number | null;
  height: number | null;
  /** A small WebP of an image, unless it has too many pixels. */
  preview: Buffer | null;
}

/** Looks into a file; its name and its sender's word do not count. A picture that cannot be read is just a file. */
export async function inspect(path: string): Promise<Inspection> {
  const mediaType = await mediaTypeOf(path);
  const image = PICTURE_TYPES.has(mediaType) ? await inspectImage(path) : null;
  if (image) return { kind: 'image', mediaType, ...image };
  const kind = mediaType.startsWith('video/') ? 'video' : 'file';
  return { kind, mediaType, width: null, height: null, preview: null };
}

async function inspectImage(path: string): Promise<Pick<Inspection, 'width' | 'height' | 'preview'> | null> {
  const size = await pictureSize(path);
  if (!size) return null;
  if (!isDecodable(size)) return { ...size, preview: null };
  const preview = await previewOf(path);
  return preview && { ...size, preview };
}
