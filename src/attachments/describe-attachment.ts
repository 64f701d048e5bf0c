import type { Attachment } from '@minimeet/protocol';
import type { AttachmentEntity } from './attachment.entity.js';

/** What clients are told of a file. */
export function describeAttachment(row: AttachmentEntity): Attachment {
  const { id, kind, fileName, mediaType, bytes, width, height, hasPreview } = row;
  return { id, kind, fileName, mediaType, bytes, width, height, hasPreview };
}
