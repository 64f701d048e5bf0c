import type { Attachment } from '@minimeet/protocol';
import { useEffect, useState } from 'react';
import { withApi } from '../session/session.js';

export type Rendition = 'preview' | 'original';

interface Entry {
  url: Promise<string>;
  users: number;
  expiry: ReturnType<typeof setTimeout> | undefined;
}

/** A picture that scrolls out of sight and back is not fetched twice. */
const KEPT_MS = 30_000;

const entries = new Map<string, Entry>();

/** The URL of a file that the page fetches itself: the request carries a token, which an `<img>` cannot send. */
export function useAttachmentUrl(
  slug: string,
  attachment: Attachment,
  rendition: Rendition,
  wanted: boolean,
): { url: string | null; failed: boolean; retry: () => void } {
  const [url, setUrl] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const { id } = attachment;
  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    setFailed(false);
    const entry = use(slug, id, rendition);
    entry.url.then(
      (made) => current && setUrl(made),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
      setUrl(null);
      release(`${slug} ${id} ${rendition}`, entry);
    };
  }, [slug, id, rendition, wanted, attempt]);
  return { url, failed, retry: () => setAttempt((before) => before + 1) };
}

/** The file itself. @throws MiniMeetError; the signal's reason */
export function fetchAttachment(slug: string, id: string, rendition: Rendition): Promise<Blob> {
  return withApi((api) => (rendition === 'preview' ? api.attachmentPreview(slug, id) : api.attachment(slug, id)));
}

function use(slug: string, id: string, rendition: Rendition): Entry {
  const key = `${slug} ${id} ${rendition}`;
  let entry = entries.get(key);
  if (!entry) {
    const url = fetchAttachment(slug, id, rendition).then((blob) => URL.createObjectURL(blob));
    entry = { url, users: 0, expiry: undefined };
    entries.set(key, entry);
    url.catch(() => entries.delete(key));
  }
  entry.users += 1;
  clearTimeout(entry.expiry);
  return entry;
}

function release(key: string, entry: Entry): void {
  entry.users -= 1;
  if (entry.users > 0) return;
  entry.expiry = setTimeout(() => {
    if (entries.get(key) === entry) entries.delete(key);
    entry.url.then(
      (url) => URL.revokeObjectURL(url),
      () => undefined,
    );
  }, KEPT_MS);
}
