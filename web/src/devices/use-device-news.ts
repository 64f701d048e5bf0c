import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../ui/Toasts.js';
import type { LocalMedia } from './local-media.js';

/** Says which device is used instead of one that was unplugged, and when that one is back. */
export function useDeviceNews(media: LocalMedia): void {
  const { t } = useTranslation('devices');
  const toast = useToast();
  useEffect(
    () =>
      media.onNews((news) =>
        toast(
          news.type === 'replaced'
            ? t(`news.replaced.${news.kind}`, { lost: news.lost, used: news.used })
            : t(`news.returned.${news.kind}`, { used: news.used }),
        ),
      ),
    [media, toast, t],
  );
}
