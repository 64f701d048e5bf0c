import type { Attachment } from '@minimeet/protocol';
import type { AttachmentEntity } from './attachment.entity.js';

/** A file as clients see it. */
export function describeAttachment(row: AttachmentEntity): Attachment {
  const { id, kind, fileName, mediaType, bytes, width, height, hasPreview } = row;
  return { id, kind, fileName, mediaType, bytes, width, height, hasPreview };
}
