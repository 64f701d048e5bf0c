import { Dialog } from '@base-ui/react/dialog';
import type { Attachment } from '@minimeet/protocol';
import { Download, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.js';
import { IconButton } from '../ui/IconButton.js';
import { Spinner } from '../ui/Spinner.js';
import { useAttachmentUrl } from './attachment-urls.js';
import { useChatDesk } from './chat-desk.js';
import { saveAttachment } from './save-attachment.js';
import './Lightbox.css';

interface LightboxProps {
  attachment: Attachment;
  open: boolean;
  onClose: () => void;
}

/** A picture or a film as large as the window. */
export function Lightbox({ attachment, open, onClose }: LightboxProps) {
  const { t } = useTranslation('chat');
  const { chat, fail } = useChatDesk();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop lightbox-backdrop" />
        {/* `dialog`: shortcuts and panels wait while it is open. */}
        <Dialog.Popup className="lightbox dialog">
          <header className="lightbox__header">
            <Dialog.Title className="lightbox__title">{attachment.fileName}</Dialog.Title>
            <IconButton
              label={t('file.downloadName', { name: attachment.fileName })}
              onClick={() => void saveAttachment(chat.slug, attachment).catch(fail)}
            >
              <Download size={20} aria-hidden="true" />
            </IconButton>
            <IconButton label={t('close', { ns: 'common' })} onClick={onClose}>
              <X size={22} aria-hidden="true" />
            </IconButton>
          </header>
          <Content attachment={attachment} onClose={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Content({ attachment, onClose }: { attachment: Attachment; onClose: () => void }) {
  const { t } = useTranslation('chat');
  const { chat } = useChatDesk();
  const { url, failed, retry } = useAttachmentUrl(chat.slug, attachment, 'original', true);
  return (
    <div
      className="lightbox__stage"
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) onClose();
      }}
    >
      {failed && (
        <div className="lightbox__failed" role="alert">
          <p>{t('image.failed')}</p>
          <Button onClick={retry}>{t('tryAgain', { ns: 'common' })}</Button>
        </div>
      )}
      {!failed && url === null && (
        <p className="lightbox__wait">
          <Spinner /> {t('loading', { ns: 'common' })}
        </p>
      )}
      {url !== null &&
        (attachment.kind === 'video' ? (
          <video className="lightbox__media" src={url} controls autoPlay aria-label={attachment.fileName} />
        ) : (
          <img className="lightbox__media" src={url} alt={attachment.fileName} />
        ))}
    </div>
  );
}
