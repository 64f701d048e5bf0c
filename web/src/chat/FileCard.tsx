import type { Attachment } from '@minimeet/protocol';
import { Download, File, FileImage, FileVideo, Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.js';
import { IconButton } from '../ui/IconButton.js';
import { Spinner } from '../ui/Spinner.js';
import { useOnce } from '../ui/use-once.js';
import { useChatDesk } from './chat-desk.js';
import { Lightbox } from './Lightbox.js';
import { saveAttachment } from './save-attachment.js';
import './FileCard.css';

const ICONS = { image: FileImage, video: FileVideo, file: File };

/** A file without a preview: its kind, its size, and ways to get it. */
export function FileCard({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation('chat');
  const { chat, fail } = useChatDesk();
  const format = useFormat();
  const [playing, setPlaying] = useState(false);
  const { busy, run } = useOnce(() => saveAttachment(chat.slug, attachment), fail);
  const Icon = ICONS[attachment.kind];
  const { fileName } = attachment;
  return (
    <div className="file-card">
      <span className="file-card__icon">
        <Icon size={22} aria-hidden="true" />
      </span>
      <div className="file-card__words">
        <p className="file-card__name" title={fileName}>
          {fileName}
        </p>
        <p className="file-card__size">{format.bytes(attachment.bytes)}</p>
      </div>
      {attachment.kind === 'video' && (
        <IconButton label={t('file.play', { name: fileName })} onClick={() => setPlaying(true)}>
          <Play size={19} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton label={t('file.downloadName', { name: fileName })} aria-busy={busy} onClick={() => run()}>
        {busy ? <Spinner /> : <Download size={19} aria-hidden="true" />}
      </IconButton>
      {attachment.kind === 'video' && (
        <Lightbox attachment={attachment} open={playing} onClose={() => setPlaying(false)} />
      )}
    </div>
  );
}
