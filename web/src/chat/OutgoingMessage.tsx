import { File as FileIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Progress } from '../ui/Progress.js';
import { useChatDesk } from './chat-desk.js';
import { InlineText, MessageText } from './MessageText.js';
import type { Outgoing } from './outbox.js';

const NOBODY = [] as const;

/** One's own message on its way: how far it is, and what went wrong. */
export function OutgoingMessage({ outgoing }: { outgoing: Outgoing }) {
  const { t } = useTranslation('chat');
  const { outbox } = useChatDesk();
  const { id, text, file, progress, problem, replyTo } = outgoing;
  return (
    <li className="message message--own" data-pending="">
      <div className="message__row">
        <div className="message__bubble">
          {replyTo && (
            <p className="quote">
              <span className="quote__name">{replyTo.senderName}</span>
              <span className="quote__text">
                <InlineText text={replyTo.text} />
              </span>
            </p>
          )}
          {file && <OutgoingFile file={file} />}
          {text !== '' && <MessageText text={text} mentioned={NOBODY} />}
          {progress !== null && problem === null && (
            <Progress label={t('upload.progress', { name: file?.name ?? '' })} value={progress} />
          )}
        </div>
      </div>
      {problem === null ? (
        <p className="message__state">
          {progress === null ? t('sending') : t('upload.running')}
          {progress !== null && (
            <button type="button" onClick={() => outbox.discard(id)}>
              {t('cancel', { ns: 'common' })}
            </button>
          )}
        </p>
      ) : (
        <p className="message__state message__state--failed" role="alert">
          {t('notSent', { problem })}
          <button type="button" onClick={() => outbox.retry(id)}>
            {t('tryAgain', { ns: 'common' })}
          </button>
          <button type="button" onClick={() => outbox.discard(id)}>
            {t('discard')}
          </button>
        </p>
      )}
    </li>
  );
}

function OutgoingFile({ file }: { file: File }) {
  const url = useFileUrl(file);
  if (url) return <img className="message__outgoing-image" src={url} alt={file.name} />;
  return (
    <p className="message__outgoing-file">
      <FileIcon size={18} aria-hidden="true" /> {file.name}
    </p>
  );
}

/** A local address of a picture, for as long as it is shown; `null` for other files. */
export function useFileUrl(file: File): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file.type.startsWith('image/')) return undefined;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
