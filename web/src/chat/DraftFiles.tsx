import { File as FileIcon, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.js';
import { IconButton } from '../ui/IconButton.js';
import { useFileUrl } from './OutgoingMessage.js';
import './DraftFiles.css';

interface DraftFilesProps {
  files: readonly File[];
  onRemove: (file: File) => void;
}

/** The files to send with the message. */
export function DraftFiles({ files, onRemove }: DraftFilesProps) {
  const { t } = useTranslation('chat');
  if (files.length === 0) return null;
  return (
    <ul className="draft-files" aria-label={t('file.chosen')}>
      {files.map((file, index) => (
        <DraftFile key={`${file.name} ${file.size} ${index}`} file={file} onRemove={() => onRemove(file)} />
      ))}
    </ul>
  );
}

function DraftFile({ file, onRemove }: { file: File; onRemove: () => void }) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const url = useFileUrl(file);
  return (
    <li className="draft-files__one">
      {url ? (
        <img className="draft-files__picture" src={url} alt="" />
      ) : (
        <span className="draft-files__picture">
          <FileIcon size={20} aria-hidden="true" />
        </span>
      )}
      <span className="draft-files__words">
        <span className="draft-files__name">{file.name}</span>
        <span className="draft-files__size">{format.bytes(file.size)}</span>
      </span>
      <IconButton label={t('file.remove', { name: file.name })} onClick={onRemove}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </li>
  );
}
