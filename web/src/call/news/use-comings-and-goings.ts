import type { Room } from '@minimeet/sdk';
import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../../ui/Toasts.js';
import { headlinesOf, type Coming, type Going } from './comings.js';

/** In a crowd, everybody's coming and going is noise. */
const FEW = 12;
/** Events within this time are told in one sentence. */
const MOMENT_MS = 1500;

/** Says who joins and leaves. */
export function useComingsAndGoings(room: Room): void {
  const { t } = useTranslation('call');
  const toast = useToast();
  useEffect(() => {
    let comings: Coming[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const headlines = headlinesOf(comings);
      comings = [];
      if (room.participants.size > FEW) return;
      for (const kind of ['joined', 'left', 'removed', 'lost'] as const) {
        const sentence = sentenceFor(t, kind, headlines[kind]);
        if (sentence) toast(sentence);
      }
    };
    const note = (coming: Coming) => {
      comings.push(coming);
      timer ??= setTimeout(tell, MOMENT_MS);
    };
    const offs = [
      room.on('participant-joined', ({ userId, displayName: name }) => note({ type: 'joined', userId, name })),
      room.on('participant-left', ({ userId, displayName: name }, reason) =>
        note({ type: 'left', userId, name, reason }),
      ),
    ];
    return () => {
      clearTimeout(timer);
      offs.forEach((off) => off());
    };
  }, [room, toast, t]);
}

function sentenceFor(t: TFunction<'call'>, kind: 'joined' | Going, [name, second, ...more]: string[]): string | null {
  if (name === undefined) return null;
  if (second === undefined) return t(`news.${kind}.one`, { name });
  return more.length === 0
    ? t(`news.${kind}.two`, { name, second })
    : t(`news.${kind}.more`, { name, count: more.length + 1 });
}
