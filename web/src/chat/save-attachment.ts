import type { Attachment } from '@minimeet/protocol';
import { fetchAttachment } from './attachment-urls.js';

/** Offers a file of the chat as a download. @throws MiniMeetError */
export async function saveAttachment(slug: string, { id, fileName }: Attachment): Promise<void> {
  const url = URL.createObjectURL(await fetchAttachment(slug, id, 'original'));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken it by the next turn; Safari wants some time more.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
