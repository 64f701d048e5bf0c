import type { Attachment } from '@minimeet/protocol';
import { ImageOff } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAttachmentUrl } from './attachment-urls.js';
import { useChatDesk } from './chat-desk.js';
import { Lightbox } from './Lightbox.js';
import { useSeen } from './use-seen.js';
import './ImageAttachment.css';

/** The largest preview in a list. */
const MAX_WIDTH = 300;
const MAX_HEIGHT = 320;

/** A picture: small in the list, fetched when it comes near, large on a click. Its place is kept before it is there. */
export function ImageAttachment({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation('chat');
  const { chat } = useChatDesk();
  const frame = useRef<HTMLButtonElement>(null);
  const seen = useSeen(frame);
  const { url, failed, retry } = useAttachmentUrl(chat.slug, attachment, 'preview', seen);
  const [open, setOpen] = useState(false);
  const { width, height } = fitted(attachment);
  return (
    <>
      <button
        ref={frame}
        type="button"
        className="image"
        style={{ width, aspectRatio: `${width} / ${height}` }}
        aria-label={t(failed ? 'image.retry' : 'image.open', { name: attachment.fileName })}
        onClick={() => (failed ? retry() : setOpen(true))}
      >
        {failed && <ImageOff size={28} aria-hidden="true" />}
        {url !== null && <img className="image__picture" src={url} alt="" draggable={false} />}
      </button>
      <Lightbox attachment={attachment} open={open} onClose={() => setOpen(false)} />
    </>
  );
}

function fitted({ width, height }: Attachment): { width: number; height: number } {
  const [fullWidth, fullHeight] = [width ?? MAX_WIDTH, height ?? MAX_HEIGHT];
  const scale = Math.min(1, MAX_WIDTH / fullWidth, MAX_HEIGHT / fullHeight);
  // A line of one pixel is hard to hit.
  return { width: Math.max(48, Math.round(fullWidth * scale)), height: Math.max(48, Math.round(fullHeight * scale)) };
}
