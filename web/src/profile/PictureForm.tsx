import { LIMITS, type User } from '@minimeet/protocol';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';
import { Avatar } from '../ui/Avatar.js';
import { Button } from '../ui/Button.js';
import { Notice } from '../ui/Notice.js';
import { Progress } from '../ui/Progress.js';
import { useToast } from '../ui/Toasts.js';
import { useOnce } from '../ui/use-once.js';
import './PictureForm.css';

const MEGABYTE = 1024 * 1024;

/** One's picture: chosen, looked at, and only then sent; or removed. */
export function PictureForm({ account }: { account: User }) {
  const { t } = useTranslation('profile');
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const preview = useObjectUrl(file);
  const fail = (error: unknown) => setProblem(sentenceOf(error));

  const upload = useOnce(async () => {
    if (!file) return;
    setProblem(null);
    setProgress(0);
    try {
      await withApi((api) => api.setPicture(file, { onProgress: setProgress }));
      setFile(null);
      toast(t('picture.saved'));
    } finally {
      setProgress(null);
    }
  }, fail);
  const removal = useOnce(async () => {
    setProblem(null);
    await withApi((api) => api.removePicture());
    toast(t('picture.removed'));
  }, fail);
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    const tooLarge = chosen.size > LIMITS.pictureBytes;
    setProblem(tooLarge ? t('picture.tooLarge', { megabytes: LIMITS.pictureBytes / MEGABYTE }) : null);
    if (!tooLarge) setFile(chosen);
  };
  return (
    <div className="picture-form">
      <div className="picture-form__face">
        <Avatar name={account.displayName} size={96} picture={preview ?? account.pictureUrl} />
        {preview !== null && <span className="visually-hidden">{t('picture.preview')}</span>}
      </div>
      <div className="picture-form__side">
        <p className="picture-form__text">{t('picture.text')}</p>
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
        {progress !== null && <Progress label={t('picture.uploading')} value={progress} />}
        <input
          ref={input}
          type="file"
          accept="image/*"
          hidden
          onChange={({ target }) => {
            choose(target.files?.[0]);
            // The same file once more is a choice too.
            target.value = '';
          }}
        />
        <div className="picture-form__actions">
          {file ? (
            <>
              <Button look="primary" size="small" busy={upload.busy} onClick={() => upload.run()}>
                {t('picture.save')}
              </Button>
              <Button size="small" disabled={upload.busy} onClick={() => setFile(null)}>
                {t('picture.cancel')}
              </Button>
            </>
          ) : (
            <>
              <Button size="small" onClick={() => input.current?.click()}>
                {t(account.pictureUrl ? 'picture.change' : 'picture.choose')}
              </Button>
              {account.pictureUrl && (
                <Button size="small" look="quiet" busy={removal.busy} onClick={() => removal.run()}>
                  {t('picture.remove')}
                </Button>
              )}
            </>
          )}
        </div>
      </div>
    </div>
  );
}

function useObjectUrl(file: File | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file) return undefined;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(null);
    };
  }, [file]);
  return url;
}
